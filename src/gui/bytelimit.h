// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSpinBox>

#include <algorithm>

namespace weir::gui {

/// A limit in bytes that is edited in larger units. One that is no multiple of them, as a file may say, stays exact
/// until another is chosen. A value.
class ByteLimit
{
public:
    static constexpr std::size_t kibibyte = 1024;
    static constexpr std::size_t mebibyte = kibibyte * kibibyte;

    explicit ByteLimit(std::size_t unit)
        : m_unit(unit)
    {}

    void fill(QSpinBox &spin, std::size_t bytes)
    {
        spin.setValue(static_cast<int>(std::min(bytes / m_unit, std::size_t{1} << 30)));
        m_bytes = bytes;
        m_shown = spin.value();
    }
    std::size_t collect(const QSpinBox &spin) const
    {
        return spin.value() == m_shown ? m_bytes : static_cast<std::size_t>(spin.value()) * m_unit;
    }

private:
    std::size_t m_unit;
    std::size_t m_bytes = 0;
    int m_shown = -1;
};

} // namespace weir::gui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace weir::models {

/// What a value says in another form, for people to read.
struct DecodedForm
{
    enum class Kind { Json, Jwt, Base64, Percent, UnixTime };

    Kind kind = Kind::Json;
    QString title;
    QString text;    ///< may be empty if there is a problem
    QString problem; ///< what went wrong and at which place; empty: nothing
};

/// Longer values are not decoded.
inline constexpr qsizetype mostDecodedBytes = qsizetype{1} << 20;

/// All forms that `value` (UTF-8) can be read as, and those that it nearly can with what is wrong; the likeliest
/// first. Nothing is sent anywhere, no signature is verified. Any thread.
std::vector<DecodedForm> decodeValue(const QByteArray &value);

} // namespace weir::models

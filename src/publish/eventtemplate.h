// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"
#include "publish/templateprogram.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace weir::publish {

/// A whole event block with places to fill in, compiled once and rendered millions of times a second. Type and data
/// are templates as compileTemplate() knows them. Line breaks in the data make further data lines. Not synchronised.
class EventTemplate
{
public:
    /// Null if the type or a placeholder is wrong; `error` then is one sentence that names it and its place. Without an
    /// `idPrefix` (null) the blocks have no id.
    static std::optional<EventTemplate> compile(
        const QByteArray &idPrefix, const QByteArray &type, const QByteArray &data, QString &error);

    /// No rendered block is longer.
    std::size_t maxSize() const { return m_block.maxSize(); }
    /// Writes a block; answers its end. Requires: maxSize() bytes at `out`.
    char *render(char *out, std::uint64_t idNumber, std::uint64_t seq);

private:
    EventTemplate() = default;

    TemplateProgram m_block;
    TemplateValues m_values;
};

/// A message with places to fill in: type, id and data of a publication are templates. Not synchronised.
class MessageTemplate
{
public:
    /// Null if a field is wrong; `error` then is one sentence that names the field and the place.
    static std::optional<MessageTemplate> compile(const sse::Message &message, QString &error);

    /// What goes out as the message number `seq`.
    sse::Message render(std::uint64_t seq);

private:
    MessageTemplate() = default;

    sse::Message m_constant; ///< what is no template
    TemplateProgram m_type;
    std::optional<TemplateProgram> m_id;
    std::optional<TemplateProgram> m_data;
    TemplateValues m_values;
};

} // namespace weir::publish

// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventtemplate.h"

#include "publish/templatecompiler.h"
#include "sse/encoder.h"
#include "sse/utf8.h"

#include <QCoreApplication>

namespace weir::publish {

namespace {

QString templateWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::EventTemplate", text);
}

QString refusal(const sse::Message &message)
{
    const auto wrong = sse::check(message);
    if (!wrong)
        return {};
    const std::string_view text = sse::text(*wrong);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string decoded(std::string_view text)
{
    std::string valid;
    sse::appendDecodedUtf8(text, valid);
    return valid;
}

// What the encoder refuses in the text of a template it would refuse in what is rendered from it, and the placeholders
// themselves bring nothing that it would refuse.
std::optional<TemplateProgram> compileType(std::string_view text, QString &error)
{
    error = refusal({std::string(text), {}, "", {}, {}});
    if (!error.isEmpty())
        return {};
    auto program = compileTemplate(text);
    if (!program) {
        error = templateWords("Event type: %1").arg(program.error().text());
        return {};
    }
    return std::move(*program);
}

std::optional<TemplateProgram> compileId(std::string_view text, QString &error)
{
    error = refusal({{}, std::string(text), "", {}, {}});
    if (!error.isEmpty())
        return {};
    auto program = compileTemplate(text);
    if (!program) {
        error = templateWords("ID: %1").arg(program.error().text());
        return {};
    }
    return std::move(*program);
}

std::optional<TemplateProgram> compileData(std::string_view text, LineForm form, QString &error)
{
    auto program = compileTemplate(decoded(text), form);
    if (program)
        return std::move(*program);
    error = program.error().text();
    return {};
}

} // namespace

std::optional<EventTemplate> EventTemplate::compile(
    const QByteArray &idPrefix, const QByteArray &type, const QByteArray &data, QString &error)
{
    const auto typeProgram = compileType(type.toStdString(), error);
    if (!typeProgram)
        return std::nullopt;
    const auto dataProgram = compileData(data.toStdString(), LineForm::DataLines, error);
    if (!dataProgram)
        return std::nullopt;
    EventTemplate result;
    TemplateProgram &block = result.m_block;
    if (!idPrefix.isNull()) {
        block.addLiteral("id: " + idPrefix.toStdString());
        block.add(TemplateProgram::Kind::IdNumber);
        block.addLiteral("\n");
    }
    if (!type.isEmpty()) {
        block.addLiteral("event: ");
        block.append(*typeProgram);
        block.addLiteral("\n");
    }
    block.addLiteral("data: ");
    block.append(*dataProgram);
    block.addLiteral("\n\n");
    return result;
}

char *EventTemplate::render(char *out, std::uint64_t idNumber, std::uint64_t seq)
{
    m_values.idNumber = idNumber;
    m_values.seq = seq;
    return m_block.render(out, m_values);
}

std::optional<MessageTemplate> MessageTemplate::compile(const sse::Message &message, QString &error)
{
    MessageTemplate result;
    result.m_constant.retry = message.retry;
    result.m_constant.comment = message.comment;
    auto type = compileType(message.type, error);
    if (!type)
        return std::nullopt;
    result.m_type = std::move(*type);
    if (message.id && !(result.m_id = compileId(*message.id, error)))
        return std::nullopt;
    if (message.data && !(result.m_data = compileData(*message.data, LineForm::AsIs, error)))
        return std::nullopt;
    return result;
}

sse::Message MessageTemplate::render(std::uint64_t seq)
{
    m_values.seq = seq;
    sse::Message message = m_constant;
    message.type = m_type.rendered(m_values);
    if (m_id)
        message.id = m_id->rendered(m_values);
    if (m_data)
        message.data = m_data->rendered(m_values);
    return message;
}

} // namespace weir::publish

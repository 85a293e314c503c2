// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/demo.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr std::array<const char *, 5> answers{
    "A weir is a low wall built across a river. It raises the water a little and lets it flow over the top, so that "
    "anybody can read the flow from the height of the water above the crest.",
    "Server-Sent Events are plain text over one HTTP response that never ends. Each event is a few lines (`id`, "
    "`event`, "
    "`data`) and an empty line. After a break the browser reconnects by itself and says which event it saw last.",
    "Here is the loop you asked for:\n\n```js\nconst stream = new EventSource(\"/events\");\n"
    "stream.onmessage = (event) => {\n  console.log(event.lastEventId, event.data);\n};\n```\n\n"
    "Remember to call `stream.close()` when the page no longer needs it.",
    "Three things to check when a stream stalls:\n1. a proxy that buffers the response,\n2. compression that holds "
    "bytes "
    "back,\n3. a server that forgot the empty line at the end of an event.",
    "Größe, naïveté, 東京 and 🌊 all travel as UTF-8; the format knows no other encoding.",
};

/// A piece of a token's size: a word with the space before it, long words in two parts.
QString takeToken(QString &rest)
{
    qsizetype end = 1;
    while (end < rest.size() && !rest[end].isSpace())
        ++end;
    if (end > 8)
        end /= 2;
    if (end < rest.size() && rest[end].isLowSurrogate())
        ++end;
    const QString token = rest.first(end);
    rest.remove(0, end);
    return token;
}

class ChatVoice : public DemoVoice
{
public:
    explicit ChatVoice(unsigned seed)
        : m_random(seed)
    {}

    Line next() override
    {
        if (m_rest.isEmpty() && m_index > 0)
            return finish();
        if (m_rest.isEmpty())
            begin();
        Line line{{}, std::chrono::milliseconds(std::uniform_int_distribution<int>(15, 70)(m_random))};
        if (std::bernoulli_distribution(0.04)(m_random))
            line.pause = 350ms;
        line.message.type = "delta";
        line.message.data = encode({{QStringLiteral("answer"), m_answer}, {QStringLiteral("index"), m_index++},
            {QStringLiteral("text"), takeToken(m_rest)}});
        return line;
    }

private:
    static std::string encode(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    }

    void begin()
    {
        m_rest = QString::fromUtf8(answers[m_random() % answers.size()]);
        ++m_answer;
    }

    Line finish()
    {
        Line line{{}, std::chrono::milliseconds(std::uniform_int_distribution<int>(1500, 5000)(m_random))};
        line.message.type = "done";
        line.message.data = encode({{QStringLiteral("answer"), m_answer}, {QStringLiteral("tokens"), m_index},
            {QStringLiteral("finishReason"), QStringLiteral("stop")}});
        m_index = 0;
        return line;
    }

    std::mt19937 m_random;
    QString m_rest;
    int m_answer = 0;
    int m_index = 0;
};

} // namespace

std::unique_ptr<DemoVoice> makeChatVoice(unsigned seed)
{
    return std::make_unique<ChatVoice>(seed);
}

} // namespace weir::publish

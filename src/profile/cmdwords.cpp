// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/shellwords.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <utility>

namespace weir::profile {

using namespace Qt::StringLiterals;

namespace {

struct Character
{
    QChar character;
    qsizetype position = 0;
};

/// What cmd.exe hands to a program: `^` takes the meaning from the character behind it, and joins lines.
/// Inside plain quotes `^` means nothing. Answers where the command ends.
qsizetype unescape(const QString &text, qsizetype from, QList<Character> &line)
{
    bool isQuoted = false;
    for (auto i = from; i < text.size(); ++i) {
        const auto c = text[i];
        const bool isEnd = c == u'\n' || (c == u'&' && !isQuoted);
        if (isEnd && !line.isEmpty())
            return i + 1;
        if (isEnd || c == u'\r')
            continue;
        if (c == u'"')
            isQuoted = !isQuoted;
        if (c != u'^' || isQuoted) {
            line.append({c, i});
            continue;
        }
        ++i;
        while (i < text.size() && text[i] == u'\r')
            ++i;
        if (i < text.size() && text[i] == u'\n') {
            // A line end that is escaped is nothing; the one after it is a line end in the argument.
            const auto second = i + 1 < text.size() && text[i + 1] == u'\r' ? i + 2 : i + 1;
            if (second < text.size() && text[second] == u'\n') {
                i = second;
                line.append({u'\n', i});
            }
            continue;
        }
        if (i < text.size())
            line.append({text[i], i});
    }
    return text.size();
}

/// How the C library of Windows splits what it gets: backslashes count only before a quotation mark.
class ArgumentReader
{
public:
    explicit ArgumentReader(const QList<Character> &line)
        : m_line(line)
    {}

    void read(ShellCommand &command)
    {
        for (m_at = 0; m_at < m_line.size(); ++m_at)
            readNext(command);
        if (m_isQuoted) {
            command.problem = QCoreApplication::translate("ShellText", "The quotation mark \" is not closed.");
            command.position = m_quote;
        }
        endWord(command);
    }

private:
    bool isNext(QChar character, qsizetype ahead) const
    {
        return m_at + ahead < m_line.size() && m_line[m_at + ahead].character == character;
    }

    void readNext(ShellCommand &command)
    {
        const auto [c, position] = m_line[m_at];
        const bool isBlank = c == u' ' || c == u'\t';
        if (isBlank && !m_isQuoted)
            return endWord(command);
        if (!std::exchange(m_isInWord, true))
            m_position = position;
        if (c == u'\\')
            readBackslashes();
        else if (c == u'"' && m_isQuoted && isNext(u'"', 1))
            m_word += m_line[++m_at].character;
        else if (c == u'"')
            m_isQuoted = !m_isQuoted, m_quote = position;
        else
            m_word += c;
    }

    void readBackslashes()
    {
        qsizetype count = 0;
        while (isNext(u'\\', count))
            ++count;
        const bool isBeforeQuote = isNext(u'"', count);
        m_word += QString(isBeforeQuote ? count / 2 : count, u'\\');
        m_at += count - 1;
        if (isBeforeQuote && count % 2 == 1)
            m_word += m_line[++m_at].character;
    }

    void endWord(ShellCommand &command)
    {
        if (std::exchange(m_isInWord, false))
            command.words.append({std::exchange(m_word, QString()).toUtf8(), m_position});
    }

    const QList<Character> &m_line;
    qsizetype m_at = 0;
    QString m_word;
    qsizetype m_position = 0;
    qsizetype m_quote = 0;
    bool m_isInWord = false;
    bool m_isQuoted = false;
};

} // namespace

ShellCommand readCmdCommand(const QString &text, qsizetype from)
{
    ShellCommand command;
    QList<Character> line;
    command.end = unescape(text, from, line);
    ArgumentReader(line).read(command);
    return command;
}

bool isForCmd(const QString &text)
{
    static const QRegularExpression mark(u"^\\s*(?:\\S+[\\\\/])?curl(?:\\.exe)?\\s[^']*?(?:\\s\\^\"|\\s\\^\\s*\\n)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return mark.match(text).hasMatch();
}

} // namespace weir::profile

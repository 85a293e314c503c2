// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/shellwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace weir::profile {

using namespace Qt::StringLiterals;

namespace {

struct ShellText
{
    Q_DECLARE_TR_FUNCTIONS(ShellText)
};

int digitOf(QChar c, int base)
{
    const auto code = c.toLower().unicode();
    const int value = code >= '0' && code <= '9' ? code - '0' : code >= 'a' && code <= 'f' ? code - 'a' + 10 : base;
    return value < base ? value : -1;
}

bool isNameStart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

/// Reads one command; m_at is the character that comes next.
class BashReader
{
public:
    BashReader(const QString &text, qsizetype from)
        : m_text(text)
        , m_at(from)
    {}

    ShellCommand read()
    {
        while (m_at < m_text.size() && m_command.problem.isEmpty() && !m_isOver)
            readNext();
        endWord();
        m_command.end = m_at;
        return m_command;
    }

private:
    QChar next(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }

    void skip(qsizetype count) { m_at += count; }

    void readNext()
    {
        const auto c = next();
        if (c == u' ' || c == u'\t' || c == u'\r')
            endWord(), skip(1);
        else if (c == u'#' && !m_isInWord)
            m_at = lineEnd();
        else if (isOperator())
            endCommand();
        else
            readPart();
    }

    void readPart()
    {
        beginWord();
        const auto c = next();
        if (c == u'\'')
            readSingle();
        else if (c == u'"')
            readDouble();
        else if (c == u'$' && next(1) == u'\'')
            readEscapes();
        else if (c == u'$' || c == u'`')
            readDollar();
        else if (c == u'\\')
            readBackslash();
        else
            append();
    }

    bool isOperator() const
    {
        const auto c = next();
        if (c == u'&') // pasted addresses often lack their quotes: in `?a=1&b=2` it is part of the word
            return !m_isInWord || m_at + 1 >= m_text.size() || next(1).isSpace() || next(1) == u'&';
        return c == u'\n' || c == u';' || c == u'|' || c == u'<' || c == u'>';
    }

    /// Line ends before the first word are no end.
    void endCommand()
    {
        endWord();
        const auto c = next();
        m_command.isPiped = c == u'|' || c == u'<' || c == u'>';
        ++m_at;
        if (m_command.words.isEmpty() && !m_command.isPiped)
            return;
        if (m_command.isPiped)
            m_at = lineEnd();
        m_isOver = true;
    }

    qsizetype lineEnd() const
    {
        const auto end = m_text.indexOf(u'\n', m_at);
        return end < 0 ? m_text.size() : end;
    }

    void beginWord()
    {
        if (std::exchange(m_isInWord, true))
            return;
        m_word = {{}, m_at};
    }

    void endWord()
    {
        if (std::exchange(m_isInWord, false) && m_command.problem.isEmpty() && !m_isNothing)
            m_command.words.append(m_word);
        m_isNothing = false;
    }

    /// One character, with the second half of its surrogate pair.
    void append()
    {
        const qsizetype length = next().isHighSurrogate() && next(1).isLowSurrogate() ? 2 : 1;
        m_word.text += m_text.mid(m_at, length).toUtf8();
        m_at += length;
    }

    void fail(const QString &problem, qsizetype position)
    {
        m_command.problem = problem;
        m_command.position = position;
        m_at = m_text.size();
    }

    void readSingle()
    {
        const auto begin = m_at;
        const auto end = m_text.indexOf(u'\'', begin + 1);
        if (end < 0)
            return fail(ShellText::tr("The quotation mark ' is not closed."), begin);
        m_word.text += m_text.mid(begin + 1, end - begin - 1).toUtf8();
        m_at = end + 1;
    }

    void readDouble()
    {
        const auto begin = m_at++;
        while (m_at < m_text.size() && next() != u'"') {
            if (next() == u'\\' && QStringView(u"$`\"\\\n").contains(next(1)))
                readBackslash();
            else if (next() == u'$' || next() == u'`')
                readDollar();
            else
                append();
        }
        if (m_command.problem.isEmpty() && next() != u'"')
            return fail(ShellText::tr("The quotation mark \" is not closed."), begin);
        ++m_at;
    }

    void readBackslash()
    {
        const auto begin = m_at++;
        if (next() == u'\r' && next(1) == u'\n')
            ++m_at;
        if (next() == u'\n') {
            // A continued line: the blank word that only the backslash began is none.
            m_isNothing = m_word.position == begin;
            ++m_at;
            if (m_isNothing)
                endWord();
            return;
        }
        if (m_at < m_text.size())
            append();
    }

    void readDollar()
    {
        const auto begin = m_at;
        if (next() == u'`' || next(1) == u'(')
            return fail(ShellText::tr("The output of another command cannot be put in here."), begin);
        const bool isBraced = next(1) == u'{';
        auto end = begin + (isBraced ? 2 : 1);
        if (end >= m_text.size() || !isNameStart(m_text[end]))
            return isBraced ? fail(ShellText::tr("This substitution is not understood."), begin) : append();
        const auto nameBegin = end;
        while (end < m_text.size() && (isNameStart(m_text[end]) || digitOf(m_text[end], 10) >= 0))
            ++end;
        if (isBraced && (end >= m_text.size() || m_text[end] != u'}'))
            return fail(ShellText::tr("This substitution is not understood."), begin);
        const auto name = m_text.mid(nameBegin, end - nameBegin);
        m_word.text += "{{" + name.toUtf8() + "}}";
        if (!m_command.variables.contains(name))
            m_command.variables << name;
        m_at = end + (isBraced ? 1 : 0);
    }

    /// $'…' of bash. Chrome writes a character beyond the first plane as two \u, one for each half of the pair.
    void readEscapes()
    {
        const auto begin = m_at;
        m_at += 2;
        while (m_at < m_text.size() && next() != u'\'') {
            if (next() == u'\\')
                readEscape();
            else
                append();
        }
        if (next() != u'\'')
            return fail(ShellText::tr("The quotation mark ' is not closed."), begin);
        ++m_at;
    }

    void readEscape()
    {
        static constexpr QStringView letters = u"abeEfnrtv\\'\"?";
        static constexpr QByteArrayView meanings("\a\b\x1b\x1b\f\n\r\t\v\\'\"?");
        const auto c = next(1);
        m_at += 2;
        if (const auto index = letters.indexOf(c); index >= 0)
            m_word.text += meanings[index];
        else if (c == u'x')
            m_word.text += static_cast<char>(number(16, 2));
        else if (c == u'u' || c == u'U')
            readCodePoint(c == u'u' ? 4 : 8);
        else if (digitOf(c, 8) >= 0)
            skip(-1), m_word.text += static_cast<char>(number(8, 3));
        else
            skip(-2), append(); // as bash: an unknown escape stays as it is
    }

    void readCodePoint(int digits)
    {
        const auto first = number(16, digits);
        if (QChar::isHighSurrogate(first) && next() == u'\\' && next(1) == u'u') {
            m_at += 2;
            const QChar pair[]{QChar(static_cast<char16_t>(first)), QChar(static_cast<char16_t>(number(16, 4)))};
            m_word.text += QString(pair, 2).toUtf8();
            return;
        }
        const auto code = static_cast<char32_t>(first);
        m_word.text += QString::fromUcs4(&code, 1).toUtf8();
    }

    char32_t number(int base, int maxDigits)
    {
        char32_t value = 0;
        for (int count = 0; count < maxDigits && digitOf(next(), base) >= 0; ++count, ++m_at)
            value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digitOf(next(), base));
        return value;
    }

    const QString &m_text;
    qsizetype m_at;
    ShellCommand m_command;
    ShellWord m_word;
    bool m_isInWord = false;
    bool m_isNothing = false;
    bool m_isOver = false;
};

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("-_./:@%+,=").contains(c);
}

QString escaped(const QByteArray &bytes)
{
    QString result;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            result += u"\\n"_s;
        else if (c == '\r')
            result += u"\\r"_s;
        else if (c == '\t')
            result += u"\\t"_s;
        else if (c == '\\' || c == '\'')
            result += u'\\' + QChar::fromLatin1(c);
        else if (byte < 0x20 || byte >= 0x7F)
            result += u"\\x%1"_s.arg(byte, 2, 16, QChar(u'0'));
        else
            result += QChar::fromLatin1(c);
    }
    return result;
}

} // namespace

ShellCommand readShellCommand(const QString &text, qsizetype from)
{
    return BashReader(text, from).read();
}

QString shellQuoted(const QByteArray &bytes)
{
    if (!bytes.isEmpty() && std::all_of(bytes.begin(), bytes.end(), isPlain))
        return QString::fromLatin1(bytes);
    const bool hasOdd = std::any_of(bytes.begin(), bytes.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F' || c == '\''; });
    const auto text = QString::fromUtf8(bytes);
    if (!hasOdd && text.toUtf8() == bytes)
        return u'\'' + text + u'\'';
    return u"$'"_s + escaped(bytes) + u'\'';
}

} // namespace weir::profile

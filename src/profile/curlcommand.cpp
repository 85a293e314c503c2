// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/curlcommand.h"

#include "profile/curloptions.h"
#include "profile/curlwords.h"
#include "profile/shellwords.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

const QRegularExpression &programName()
{
    static const QRegularExpression pattern(
        u"^(?:\\S*[\\\\/])?curl(?:\\.exe)?$"_s, QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

/// Takes the words of one command one after another.
class CommandReader
{
public:
    explicit CommandReader(const ShellCommand &shell)
        : m_words(shell.words)
        , m_problem(shell.problem)
        , m_position(shell.position)
    {
        for (const auto &variable : shell.variables)
            m_request.notes << CurlText::tr("The shell variable %1 becomes the variable {{%1}}: give it a value in an "
                                            "environment.")
                                   .arg(variable);
        if (shell.isPiped)
            m_request.notes << CurlText::tr("What the command's output would go to is left out.");
    }

    CurlCommand read(const QString &text)
    {
        skipProgram();
        while (m_problem.isEmpty() && m_at < m_words.size() && !m_isOver)
            takeWord();
        if (m_problem.isEmpty()) {
            m_position = m_addressPosition;
            m_problem = m_request.finish();
        }
        CurlCommand command;
        command.notes = m_request.notes;
        command.problem = m_problem;
        if (m_problem.isEmpty()) {
            command.settings = m_request.settings;
        } else {
            const auto before = QStringView(text).first(std::min(m_position, text.size()));
            command.line = static_cast<int>(before.count(u'\n')) + 1;
            command.column = static_cast<int>(before.size() - before.lastIndexOf(u'\n'));
        }
        return command;
    }

private:
    void skipProgram()
    {
        if (m_at < m_words.size() && m_words[m_at].text == "$")
            ++m_at;
        const bool isCurl =
            m_at < m_words.size() && programName().match(QString::fromUtf8(m_words[m_at].text)).hasMatch();
        m_addressPosition = m_at < m_words.size() ? m_words[m_at].position : 0;
        if (!isCurl && m_problem.isEmpty())
            fail(CurlText::tr("This is no curl command."), m_addressPosition);
        ++m_at;
    }

    void fail(const QString &problem, qsizetype position)
    {
        m_problem = problem;
        m_position = position;
    }

    void takeWord()
    {
        const auto &word = m_words[m_at++];
        if (m_isOptionsOver || !word.text.startsWith('-') || word.text == "-")
            takeAddress(word.text, word.position);
        else if (word.text == "--")
            m_isOptionsOver = true;
        else if (word.text.startsWith("--"))
            takeLong(word);
        else
            takeShort(word);
    }

    void takeAddress(const QByteArray &address, qsizetype position)
    {
        m_addressPosition = position;
        m_request.setAddress(address);
    }

    void takeLong(const ShellWord &word)
    {
        const auto name = word.text.mid(2);
        if (name == "next") {
            m_request.notes << CurlText::tr("What follows --next is left out: it is another request.");
            m_isOver = true;
            return;
        }
        if (const auto *option = curlOption(name))
            return take(*option, word.text, word.position, option->takesValue ? value(word) : QByteArray());
        if (const auto *option = curlOption(name.mid(3)); name.startsWith("no-") && option && !option->takesValue)
            return; // `--no-compressed` and the like undo what the command does not do
        failUnknown(word.text, word.position);
    }

    void takeShort(const ShellWord &word)
    {
        for (qsizetype i = 1; i < word.text.size() && m_problem.isEmpty(); ++i) {
            const auto name = '-' + word.text.mid(i, 1);
            const auto *option = curlOption(word.text[i]);
            if (name == "-:") {
                m_isOver = true;
                return;
            }
            if (!option)
                return failUnknown(name, word.position + i);
            if (!option->takesValue) {
                take(*option, name, word.position, {});
                continue;
            }
            // What is left of the word is the value: -XPOST.
            const auto rest = word.text.mid(i + 1);
            return take(*option, name, word.position, rest.isEmpty() ? value({name, word.position}) : rest);
        }
    }

    QByteArray value(const ShellWord &option)
    {
        if (m_at < m_words.size())
            return m_words[m_at++].text;
        fail(CurlText::tr("%1 needs a value.").arg(QString::fromUtf8(option.text)), option.position);
        return {};
    }

    void take(const CurlOption &option, const QByteArray &word, qsizetype position, const QByteArray &value)
    {
        if (!m_problem.isEmpty())
            return;
        const auto name = QString::fromUtf8(word);
        if (option.kind == CurlOption::Kind::Refused)
            return fail(CurlText::tr("%1 cannot be taken over: %2.").arg(name, CurlText::tr(option.reason)), position);
        if (option.kind == CurlOption::Kind::Ignored) {
            if (option.reason)
                m_request.notes << CurlText::tr(option.reason).arg(name);
            return;
        }
        if (QByteArrayView(option.name) == "url")
            m_addressPosition = position;
        if (const auto problem = option.take(m_request, value); !problem.isEmpty())
            fail(CurlText::tr("%1 cannot be taken over: %2").arg(name, problem), position);
    }

    /// Only what can be an option is repeated: the rest may hold anything.
    void failUnknown(const QByteArray &name, qsizetype position)
    {
        static const QRegularExpression option(u"^--?[A-Za-z0-9.-]{1,40}$"_s);
        const auto text = QString::fromUtf8(name);
        fail(option.match(text).hasMatch() ? CurlText::tr("The option %1 is not known.").arg(text)
                                           : CurlText::tr("This option is not known."),
            position);
    }

    QList<ShellWord> m_words;
    qsizetype m_at = 0;
    CurlRequest m_request;
    QString m_problem;
    qsizetype m_position;
    qsizetype m_addressPosition = 0;
    bool m_isOptionsOver = false;
    bool m_isOver = false;
};

} // namespace

bool looksLikeCurl(const QString &text)
{
    static const QRegularExpression pattern(
        u"^\\s*(?:\\$\\s+)?(?:[^\\s:]*[\\\\/])?curl(?:\\.exe)?(?:\\s|$)"_s, QRegularExpression::CaseInsensitiveOption);
    return pattern.match(text).hasMatch();
}

QList<CurlCommand> readCurlCommands(const QString &text)
{
    QList<CurlCommand> commands;
    const bool isCmd = isForCmd(text);
    for (qsizetype at = 0; at < text.size();) {
        const auto shell = isCmd ? readCmdCommand(text, at) : readShellCommand(text, at);
        at = shell.end;
        if (shell.words.isEmpty() && shell.problem.isEmpty())
            continue;
        commands << CommandReader(shell).read(text);
    }
    return commands;
}

} // namespace weir::profile

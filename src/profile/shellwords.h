// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace weir::profile {

/// A word of a command line as a shell would hand it on: bytes, since `$'\xff'` need not be text.
struct ShellWord
{
    QByteArray text;
    qsizetype position = 0; ///< of its first character in the whole text
};

/// The words of one command, and where the next one begins.
struct ShellCommand
{
    QList<ShellWord> words;
    QStringList variables; ///< `$NAME` outside single quotes: stands as `{{NAME}}` in the words
    QString problem;       ///< empty: none. Then position says where
    qsizetype position = 0;
    qsizetype end = 0;    ///< behind the command and the operator that ends it
    bool isPiped = false; ///< the command ends with a pipe or redirection
};

/// Reads a command in the quoting of POSIX shells and bash: blanks, `\`, '…', "…", $'…' with its escapes, comments,
/// `$NAME`. It ends at a line end, `;`, `|`, `>`, `<` or an `&` that is followed by a blank. Substitutions of other
/// kinds, `$(…)` and `…` in backquotes, are refused: nothing is ever run.
ShellCommand readShellCommand(const QString &text, qsizetype from);

/// The same for cmd.exe of Windows, with `^`, "…" and `\"`. Ends at a line end or `&`.
ShellCommand readCmdCommand(const QString &text, qsizetype from);

/// Whether the text is quoted for cmd.exe: browsers end its lines with `^`, or write `^"`.
bool isForCmd(const QString &text);

/// `bytes` as one word of bash that means just them; plain where possible. NUL cannot stand in a command line and ends
/// the word when the shell reads it.
QString shellQuoted(const QByteArray &bytes);

} // namespace weir::profile

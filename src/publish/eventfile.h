// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/eventinput.h"

#include <QFile>

#include <functional>

namespace weir::publish {

/// Reads a file of messages piece by piece, so that a large one takes no more memory than a small one. Any thread, one
/// at a time.
class EventFile
{
public:
    EventFile(const QString &path, const InputSettings &settings);

    struct Piece
    {
        EventInput::Result content;
        QString failure; ///< the file cannot be read (on); empty: it can
        qint64 position = 0;
        qint64 size = 0; ///< of the file, in bytes
        bool isLast = false;
    };
    Piece read();

private:
    QFile m_file;
    EventInput m_input;
};

/// By the name's ending; JSON lines for those that are not known.
InputFormat inputFormatOf(const QString &path);

/// What a whole file holds. A value.
struct FileSummary
{
    static constexpr qsizetype mostKept = 100;

    std::uint64_t messages = 0;
    std::uint64_t problemCount = 0;
    QList<Publication> first; ///< at most mostKept
    QList<QString> problems;  ///< the first, at most mostKept
    QString failure;          ///< the file cannot be read (on)
    qint64 position = 0;      ///< bytes read so far
    qint64 size = 0;          ///< of the file
};
/// Reads the file to its end, or until `goOn`, which is shown what was found so far, answers false.
FileSummary summarise(
    const QString &path, const InputSettings &settings, const std::function<bool(const FileSummary &)> &goOn);

} // namespace weir::publish

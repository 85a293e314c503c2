// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <string_view>
#include <vector>

class QPlainTextEdit;
class QPushButton;

namespace weir::gui {

class InlineNote;

/// A text ready for display, in pieces that the GUI thread adds one at a time. A value.
struct DetailPieces
{
    std::vector<QString> pieces; ///< each ends at a line break
    std::uint64_t shownBytes = 0;
    std::uint64_t totalBytes = 0;
    bool isJson = false;
    bool hasBrokenLines = false; ///< over-long lines were broken
};

/// A text of any size, read only, as it is or as indented JSON. Prepared on a pool thread (a late result for an earlier
/// text is dropped) and shown piece by piece; of a long one the first MiB, and the rest on demand. GUI thread only.
class DetailText : public QWidget
{
    Q_OBJECT

public:
    enum class Form { AsIs, IndentedJson };

    explicit DetailText(Form form, QWidget *parent = nullptr);
    ~DetailText() override;

    /// `keep` owns the bytes.
    void setText(std::shared_ptr<const void> keep, std::string_view text);
    void clear();
    /// All of the text is shown, or as much as was asked for.
    bool isComplete() const;

private:
    void prepare(std::uint64_t maxBytes);
    void show(const DetailPieces &pieces);
    void addPiece();
    void explain(const DetailPieces &pieces);

    const Form m_form;
    QPlainTextEdit *m_edit;
    InlineNote *m_note;
    QPushButton *m_showAll;
    std::shared_ptr<const void> m_keep;
    std::string_view m_text;
    QFutureWatcher<DetailPieces> m_watcher;
    DetailPieces m_pieces;
    std::size_t m_nextPiece = 0;
    QTimer m_adding;
};

} // namespace weir::gui

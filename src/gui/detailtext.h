// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/detailcontent.h"
#include "gui/pooltask.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <string_view>
#include <vector>

class QAction;
class QPlainTextEdit;
class QPushButton;

namespace weir::gui {

class DetailFindBar;
class InlineNote;

/// A text of any size, read only, as it is or as indented JSON, with a line to find words in it. Prepared on a pool
/// thread (a late result for an earlier text is dropped) and shown piece by piece; of a long one the first MiB, and the
/// rest on demand. GUI thread only.
class DetailText : public QWidget
{
    Q_OBJECT

public:
    enum class Form { AsIs, IndentedJson };

    explicit DetailText(Form form, QWidget *parent = nullptr);
    ~DetailText() override;

    /// `keep` owns the bytes. `raw` are those that `text` was sent as.
    void setText(std::shared_ptr<const void> keep, std::string_view text, std::string_view raw);
    void clear();
    /// All of the text is shown, or as much as was asked for.
    bool isComplete() const;
    /// The actions for the corner of the pane.
    QList<QAction *> tabActions() const { return m_actions; }

    void openFind();
    void findNext();
    void findPrevious();
    /// What is selected, without the breaks of over-long lines.
    QString selectedText() const;

Q_SIGNALS:
    void selectionChanged();

private:
    void createActions();
    QAction *addSwitch(const QString &iconName, const QString &text);
    void lay();
    void connectParts();
    void prepare(std::uint64_t maxBytes);
    void show(const DetailContent &content);
    void addPiece();
    QString nextPiece();
    void explain();
    void search();
    void takeMatches(const std::vector<qsizetype> &matches);
    void goTo(std::size_t match);
    void markVisibleMatches();
    qsizetype shownAt(qsizetype place) const;   ///< position in the document of one in the text
    qsizetype placeOf(qsizetype shownAt) const; ///< the other way round

    const Form m_form;
    QPlainTextEdit *m_edit;
    InlineNote *m_note;
    QPushButton *m_showAll;
    DetailFindBar *m_find;
    QList<QAction *> m_actions;
    QAction *m_wrap = nullptr;
    QAction *m_whiteSpace = nullptr;
    QAction *m_asSent = nullptr; ///< null if the form has no such switch
    std::shared_ptr<const void> m_keep;
    std::string_view m_text;
    std::string_view m_raw;
    PoolTask<DetailContent> m_preparing;
    PoolTask<std::vector<qsizetype>> m_searching;
    DetailContent m_content;
    qsizetype m_added = 0;           ///< how much of the text the document has
    std::vector<qsizetype> m_breaks; ///< places in the text behind which the document has a break of its own
    std::vector<qsizetype> m_matches;
    bool m_goesToMatch = false; ///< the words changed, not only the event
    QTimer m_adding;
};

} // namespace weir::gui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailtext.h"

#include "gui/detailfindbar.h"
#include "gui/inlinenote.h"
#include "gui/theme.h"
#include "models/eventformat.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t bytesAtFirst = std::uint64_t{1} << 20;
/// A line is laid out as a whole: longer ones would hold up the window.
constexpr qsizetype longestLine = 2000;
constexpr qsizetype pieceCharacters = 32 * 1024;

/// Where the display line that begins at `begin` ends: after its line break, or in the middle of an over-long line.
qsizetype lineEnd(const QString &text, qsizetype begin)
{
    const qsizetype longest = std::min(begin + longestLine + 1, text.size());
    const qsizetype lineBreak = QStringView(text).mid(begin, longest - begin).indexOf(u'\n');
    if (lineBreak >= 0)
        return begin + lineBreak + 1;
    if (longest == text.size() && longest - begin <= longestLine)
        return longest;
    const qsizetype cut = begin + longestLine;
    return text[cut - 1].isHighSurrogate() ? cut - 1 : cut;
}

/// Copies what was sent, not what was made of it to show it.
class ReadOnlyText : public QPlainTextEdit
{
public:
    explicit ReadOnlyText(DetailText *owner)
        : QPlainTextEdit(owner)
        , m_owner(owner)
    {}

protected:
    QMimeData *createMimeDataFromSelection() const override
    {
        auto *copied = new QMimeData;
        copied->setText(m_owner->selectedText());
        return copied;
    }

private:
    DetailText *m_owner;
};

} // namespace

DetailText::DetailText(Form form, QWidget *parent)
    : QWidget(parent)
    , m_form(form)
    , m_edit(new ReadOnlyText(this))
    , m_note(new InlineNote(this))
    , m_showAll(new QPushButton(tr("Show &all"), this))
    , m_find(new DetailFindBar(m_edit, this))
    , m_preparing(this, [this](const DetailContent &content) { show(content); })
    , m_searching(this, [this](const std::vector<qsizetype> &matches) { takeMatches(matches); })
{
    m_edit->setReadOnly(true);
    m_edit->setUndoRedoEnabled(false);
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setFont(fixedFont());
    m_edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_edit->setAccessibleName(form == Form::AsIs ? tr("Data as text") : tr("Data as indented JSON"));
    m_showAll->hide();
    createActions();
    lay();
    connectParts();
}

DetailText::~DetailText() = default;

QAction *DetailText::addSwitch(const QString &iconName, const QString &text)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setCheckable(true);
    m_actions.append(action);
    return action;
}

void DetailText::createActions()
{
    auto *find = new QAction(icon(u"find"_s), tr("Find in this event (Ctrl+F)"), this);
    connect(find, &QAction::triggered, this, &DetailText::openFind);
    m_actions.append(find);
    m_wrap = addSwitch(u"wrap"_s, tr("Wrap long lines"));
    m_wrap->setObjectName(u"wrapAction"_s);
    m_wrap->setChecked(true);
    m_whiteSpace = addSwitch(u"whitespace"_s, tr("Show blanks, tabs, line ends (↵ LF, ↤ CR) and control characters"));
    m_whiteSpace->setObjectName(u"whiteSpaceAction"_s);
    if (m_form == Form::IndentedJson)
        return;
    m_asSent = addSwitch(u"as-sent"_s, tr("The exact block as it was sent, with all of its fields"));
    m_asSent->setObjectName(u"asSentAction"_s);
}

void DetailText::lay()
{
    auto *noteRow = new QHBoxLayout;
    const int margin = style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing);
    noteRow->setContentsMargins(std::max(margin, 6), 0, std::max(margin, 6), 0);
    noteRow->addWidget(m_note, 1);
    noteRow->addWidget(m_showAll);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(noteRow);
    column->addWidget(m_edit, 1);
    column->addWidget(m_find);
}

void DetailText::connectParts()
{
    connect(m_showAll, &QPushButton::clicked, this, [this] { prepare(m_content.totalBytes); });
    connect(&m_adding, &QTimer::timeout, this, &DetailText::addPiece);
    connect(m_edit, &QPlainTextEdit::selectionChanged, this, &DetailText::selectionChanged);
    connect(m_edit->verticalScrollBar(), &QScrollBar::valueChanged, this, &DetailText::markVisibleMatches);
    connect(m_wrap, &QAction::toggled, this,
        [this](bool wraps) { m_edit->setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap); });
    connect(m_whiteSpace, &QAction::toggled, this, [this](bool isShown) {
        auto option = m_edit->document()->defaultTextOption();
        option.setFlags(isShown ? QTextOption::ShowTabsAndSpaces : QTextOption::Flags());
        m_edit->document()->setDefaultTextOption(option);
        prepare(bytesAtFirst);
    });
    if (m_asSent)
        connect(m_asSent, &QAction::toggled, this, [this] { prepare(bytesAtFirst); });
    connect(m_find, &DetailFindBar::wordsChanged, this, [this] {
        m_goesToMatch = true;
        search();
    });
    connect(m_find, &DetailFindBar::nextWanted, this, &DetailText::findNext);
    connect(m_find, &DetailFindBar::previousWanted, this, &DetailText::findPrevious);
}

void DetailText::setText(std::shared_ptr<const void> keep, std::string_view text, std::string_view raw)
{
    m_keep = std::move(keep);
    m_text = text;
    m_raw = raw;
    prepare(bytesAtFirst);
}

void DetailText::clear()
{
    m_preparing.cancel();
    m_keep.reset();
    m_text = {};
    m_raw = {};
    show({});
}

bool DetailText::isComplete() const
{
    return !m_preparing.isRunning() && !m_searching.isRunning() && m_added >= m_content.text.size();
}

void DetailText::prepare(std::uint64_t maxBytes)
{
    const DetailContentWish wish{m_form == Form::IndentedJson, m_whiteSpace->isChecked(), maxBytes};
    const auto text = m_asSent && m_asSent->isChecked() ? m_raw : m_text;
    m_preparing.start([keep = m_keep, text, wish](const auto &) { return prepareContent(text, wish); });
}

void DetailText::show(const DetailContent &content)
{
    m_content = content;
    m_added = 0;
    m_breaks.clear();
    m_edit->clear();
    explain();
    addPiece();
    m_edit->moveCursor(QTextCursor::Start);
    m_goesToMatch = false;
    search();
}

QString DetailText::nextPiece()
{
    const QString &text = m_content.text;
    QString piece;
    while (m_added < text.size() && piece.size() < pieceCharacters) {
        const qsizetype end = lineEnd(text, m_added);
        piece += QStringView(text).mid(m_added, end - m_added);
        m_added = end;
        if (end < text.size() && text[end - 1] != u'\n') {
            piece += u'\n';
            m_breaks.push_back(end);
        }
    }
    return piece;
}

void DetailText::addPiece()
{
    const bool hadBreaks = !m_breaks.empty();
    if (m_added < m_content.text.size()) {
        QTextCursor cursor(m_edit->document());
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(nextPiece());
    }
    if (!hadBreaks && !m_breaks.empty())
        explain();
    if (m_added < m_content.text.size())
        m_adding.start(0ms);
    else
        m_adding.stop();
    markVisibleMatches();
}

void DetailText::explain()
{
    QStringList remarks;
    if (m_form == Form::IndentedJson && !m_content.isJson && m_content.totalBytes > 0)
        remarks += tr("Not JSON, shown as it is.");
    if (m_content.shownBytes < m_content.totalBytes)
        remarks += tr("Showing the first %1 of %2.")
                       .arg(models::formatBytes(m_content.shownBytes), models::formatBytes(m_content.totalBytes));
    if (!m_breaks.empty())
        remarks += tr("Lines of more than %1 characters are broken for display; copying keeps them whole.")
                       .arg(models::formatCount(longestLine));
    m_note->say(Meaning::Secondary, remarks.join(u' '));
    m_showAll->setVisible(m_content.shownBytes < m_content.totalBytes);
}

} // namespace weir::gui

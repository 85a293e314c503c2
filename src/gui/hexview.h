// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

#include <memory>
#include <string_view>

class QLabel;

namespace weir::gui {

/// Exact bytes as a hex dump of any size; paints only the lines in view. Bytes are selected with the mouse or the
/// arrow keys, and a line below says where they lie and to which field of the event stream they belong. GUI thread
/// only.
class HexView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /// More than that is not copied at once: it would fill the clipboard and help nobody.
    static constexpr std::size_t mostCopiedBytes = std::size_t{1} << 20;

    explicit HexView(QWidget *parent = nullptr);

    /// `keep` owns the bytes.
    void setBytes(std::shared_ptr<const void> keep, std::string_view bytes);
    std::string_view bytes() const { return m_bytes; }

    /// Requires begin <= end <= bytes().size().
    void select(std::size_t begin, std::size_t end);
    std::string_view selectedBytes() const;

public Q_SLOTS:
    void copyHex();
    void copyText();

Q_SIGNALS:
    void selectionChanged();
    /// What was done, in a few words.
    void noticed(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void updateScrollBars();
    void moveTo(std::size_t byte, bool extends);
    void showByte(std::size_t byte);
    void explain();
    int left() const;
    int columnX(int characters) const; ///< where that many characters end
    std::size_t byteAt(const QPoint &point) const;
    void paintSelection(QPainter &painter, std::size_t line, int top) const;

    std::shared_ptr<const void> m_keep;
    std::string_view m_bytes;
    std::size_t m_anchor = 0;
    std::size_t m_cursor = 0;
    bool m_hasCursor = false;
    QLabel *m_place;
};

} // namespace weir::gui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

#include <memory>
#include <string_view>

namespace weir::gui {

/// One line of a hex dump: offset, sixteen bytes, the same as ASCII with `.` for the rest.
QString hexLine(std::string_view bytes, std::size_t line);
std::size_t hexLineCount(std::string_view bytes);
/// The dump of all lines.
QString hexDump(std::string_view bytes);

/// Exact bytes as a hex dump of any size; paints only the lines in view. GUI thread only.
class HexView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit HexView(QWidget *parent = nullptr);

    /// `keep` owns the bytes.
    void setBytes(std::shared_ptr<const void> keep, std::string_view bytes);
    std::string_view bytes() const { return m_bytes; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void updateScrollBars();

    std::shared_ptr<const void> m_keep;
    std::string_view m_bytes;
};

} // namespace weir::gui

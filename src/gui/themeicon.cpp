// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

/// Own icons that have a counterpart in the freedesktop icon naming specification.
constexpr std::array<std::pair<QStringView, QStringView>, 10> standardNames = {{
    {u"clear", u"edit-clear-all"},
    {u"close", u"window-close"},
    {u"copy", u"edit-copy"},
    {u"help", u"help-contents"},
    {u"pause", u"media-playback-pause"},
    {u"redo", u"edit-redo"},
    {u"resume", u"media-playback-start"},
    {u"send", u"document-send"},
    {u"undo", u"edit-undo"},
    {u"warning", u"dialog-warning"},
}};

QString standardName(QStringView name)
{
    for (const auto &[own, standard] : standardNames) {
        if (own == name)
            return standard.toString();
    }
    return {};
}

QColor lineColour(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    return palette.color(QPalette::Normal, mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
}

/// Draws a line icon in the colour of the palette in force when it is drawn, so that icons follow a change to dark.
class LineIconEngine : public QIconEngine
{
public:
    explicit LineIconEngine(QString file)
        : m_file(std::move(file))
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QFile file(m_file);
        if (!file.open(QIODevice::ReadOnly))
            return;
        QByteArray svg = file.readAll();
        svg.replace("currentColor", lineColour(mode).name().toLatin1());
        QSvgRenderer(svg).render(painter, rect);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key =
            m_file + lineColour(mode).name() + QString::number(size.width()) + u'x' + QString::number(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine *clone() const override { return new LineIconEngine(*this); }
    QString key() const override { return u"weir"_s; }
    bool isNull() override { return !QFile::exists(m_file); }

private:
    QString m_file;
};

} // namespace

QIcon icon(const QString &name)
{
    const QString standard = standardName(name);
    if (!standard.isEmpty() && QIcon::hasThemeIcon(standard))
        return QIcon::fromTheme(standard);
    return QIcon(new LineIconEngine(u":/icons/"_s + name + u".svg"_s));
}

} // namespace weir::gui

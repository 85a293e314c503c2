// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filterproblem.h"

#include "filter/filter.h"

#include <QCoreApplication>

namespace weir::gui {

namespace {

qsizetype charactersIn(const QByteArray &expression, std::size_t bytes)
{
    return QString::fromUtf8(expression.left(static_cast<qsizetype>(bytes))).size();
}

} // namespace

CharacterRange placeOf(const filter::Error &error, const QString &expression)
{
    const QByteArray bytes = expression.toUtf8();
    const auto begin = charactersIn(bytes, error.position);
    return {begin, charactersIn(bytes, error.position + error.length) - begin};
}

QString problemText(const filter::Error &error, const QString &expression)
{
    return QCoreApplication::translate("FilterProblem", "Character %1: %2")
        .arg(placeOf(error, expression).begin + 1)
        .arg(QString::fromStdString(filter::text(error)));
}

QString problemOf(const QString &expression)
{
    const auto filter = filter::Filter::compile(expression.toStdString());
    return filter ? QString() : problemText(filter.error(), expression);
}

} // namespace weir::gui

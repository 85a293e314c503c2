// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/savedfilters.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;

QByteArray toJson(const QList<SavedFilter> &filters)
{
    QJsonArray list;
    for (const auto &filter : filters) {
        QJsonObject object{{u"id"_s, qint64{filter.id}}, {u"name"_s, filter.name}, {u"filter"_s, filter.expression}};
        if (filter.isOnAtStart)
            object.insert(u"onAtStart"_s, true);
        list.append(object);
    }
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

std::optional<QList<SavedFilter>> savedFiltersFromJson(const QByteArray &json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return std::nullopt;
    QList<SavedFilter> filters;
    for (const auto &value : document.array()) {
        const auto object = value.toObject();
        if (!object.value(u"name"_s).isString() || !object.value(u"filter"_s).isString())
            return std::nullopt;
        filters << SavedFilter{static_cast<quint32>(object.value(u"id"_s).toInteger()),
            object.value(u"name"_s).toString(), object.value(u"filter"_s).toString(),
            object.value(u"onAtStart"_s).toBool()};
    }
    return filters;
}

void SavedFilters::setList(QList<SavedFilter> filters)
{
    for (const auto &filter : std::as_const(filters))
        m_lastId = std::max(m_lastId, filter.id);
    std::set<quint32> known;
    for (auto &filter : filters) {
        if (filter.id == 0 || !known.insert(filter.id).second)
            known.insert(filter.id = ++m_lastId);
    }
    if (filters == m_list)
        return;
    m_list = std::move(filters);
    Q_EMIT changed();
}

} // namespace weir::gui

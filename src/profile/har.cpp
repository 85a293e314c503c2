// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/har.h"

#include "profile/importedheader.h"
#include "profile/jsonreader.h"
#include "subscribe/contenttype.h"

#include <QCoreApplication>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

struct HarText
{
    Q_DECLARE_TR_FUNCTIONS(HarText)
};

QByteArray valueOf(const QJsonObject &message, QLatin1StringView name)
{
    const auto headers = message.value("headers"_L1).toArray();
    for (const auto &header : headers)
        if (header.toObject().value("name"_L1).toString().compare(name, Qt::CaseInsensitive) == 0)
            return header.toObject().value("value"_L1).toString().toUtf8();
    return {};
}

/// Looked at without reporting: an entry that is not ours may be as wrong as it likes.
bool isEventStream(const QJsonObject &entry)
{
    const auto response = entry.value("response"_L1).toObject();
    const auto mimeType = response.value("content"_L1).toObject().value("mimeType"_L1).toString().toUtf8();
    const auto type = mimeType.isEmpty() ? valueOf(response, "content-type"_L1) : mimeType;
    return mimeEssence(type) == "text/event-stream" ||
           valueOf(entry.value("request"_L1).toObject(), "accept"_L1).toLower().contains("text/event-stream") ||
           entry.value("_resourceType"_L1).toString() == "eventsource"_L1;
}

class EntryReader
{
public:
    EntryReader(JsonReader request, HarImport &import)
        : m_request(std::move(request))
        , m_import(import)
    {}

    void read()
    {
        if (!readAddress())
            return;
        readMethod();
        readHeaders();
        readBody();
        m_settings.name = suggestedName(m_settings.url);
        for (const auto &note : std::as_const(m_notes))
            m_import.notes << m_request.pathOf(u"headers"_s) + u": "_s + note;
        m_import.subscriptions << m_settings;
    }

private:
    bool readAddress()
    {
        const auto address = m_request.text(u"url"_s);
        if (!address) {
            if (!m_request.has(u"url"_s))
                m_request.report(u"url"_s, HarText::tr("is missing"));
            return false;
        }
        auto error = SettingsError::UrlInvalid;
        m_settings.url = urlFromUserInput(*address, &error);
        if (!m_settings.url.isValid())
            m_request.report(u"url"_s, text(error));
        return m_settings.url.isValid();
    }

    void readMethod()
    {
        const auto method = m_request.text(u"method"_s).value_or(u"GET"_s).toUtf8();
        auto error = SettingsError::MethodInvalid;
        if (validateMethod(method, &error))
            m_settings.method = method;
        else
            m_request.report(u"method"_s, text(error));
    }

    void readHeaders()
    {
        for (auto &header : m_request.objects(u"headers"_s)) {
            const auto name = header.text(u"name"_s);
            const auto value = header.text(u"value"_s);
            // HTTP/2 writes `:path` and the like among the headers.
            if (!name || !value || name->startsWith(u':'))
                continue;
            if (name->compare("host"_L1, Qt::CaseInsensitive) != 0)
                takeImportedHeader(m_settings, name->toUtf8(), value->toUtf8(), m_notes);
        }
    }

    void readBody()
    {
        if (!m_request.has(u"postData"_s))
            return;
        auto data = m_request.object(u"postData"_s);
        if (!data)
            return;
        m_settings.body = data->text(u"text"_s).value_or(QString()).toUtf8();
        const auto type = data->text(u"mimeType"_s).value_or(QString()).toUtf8();
        const bool hasType = std::any_of(m_settings.headers.begin(), m_settings.headers.end(),
            [](const Header &header) { return header.name.toLower() == "content-type"; });
        if (!hasType && !type.isEmpty() && !m_settings.body.isEmpty())
            takeImportedHeader(m_settings, "Content-Type", type, m_notes);
    }

    JsonReader m_request;
    HarImport &m_import;
    SubscriptionSettings m_settings;
    QStringList m_notes;
};

void readEntries(const QJsonArray &entries, HarImport &import)
{
    for (qsizetype i = 0; i < entries.size(); ++i) {
        if (!isEventStream(entries[i].toObject())) {
            ++import.otherEntries;
            continue;
        }
        JsonReader entry(entries[i].toObject(), u"log.entries[%1]"_s.arg(i), import.problems);
        if (auto request = entry.object(u"request"_s))
            EntryReader(*request, import).read();
        else if (!entry.has(u"request"_s))
            entry.report(u"request"_s, HarText::tr("is missing"));
    }
}

} // namespace

HarImport readHar(const QByteArray &bytes)
{
    HarImport import;
    QString problem;
    const auto root = jsonObjectFrom(bytes, &problem);
    if (!root) {
        import.problems << problem;
        return import;
    }
    const auto entries = root->value("log"_L1).toObject().value("entries"_L1);
    if (entries.isArray())
        readEntries(entries.toArray(), import);
    else
        import.problems << HarText::tr("log.entries: a list was expected; this is no HAR file");
    return import;
}

} // namespace weir::profile

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace weir::profile {

/// The request that a curl command builds up, option by option in their order.
class CurlRequest
{
public:
    QStringList notes;
    subscribe::SubscriptionSettings settings;

    /// Each answers what is wrong, or nothing.
    QString setAddress(const QByteArray &address);
    QString addHeader(const QByteArray &line);
    QString setMethod(const QByteArray &method);
    QString addData(const QByteArray &data);    ///< `@file` is refused
    QString addRawData(const QByteArray &data); ///< `@` is nothing special
    QString addEncodedData(const QByteArray &data);
    QString addJson(const QByteArray &data);
    QString setCredentials(const QByteArray &credentials);
    QString setBearer(const QByteArray &token);
    QString addCookies(const QByteArray &cookies);
    QString setProxy(const QByteArray &proxy);
    QString setProxyCredentials(const QByteArray &credentials);
    QString setNoProxy(const QByteArray &hosts);
    QString setCertificate(const QByteArray &certificate);
    void putDataIntoQuery() { m_isGet = true; }

    /// Once all options are in.
    QString finish();

private:
    QString refuseFile(const QByteArray &name) const;
    bool hasHeader(const QByteArray &name) const;
    QString moveDataIntoAddress();

    QByteArray m_address;
    QByteArray m_method;
    std::optional<QByteArray> m_data;
    QList<QByteArray> m_removedHeaders; ///< `-H 'Content-Type:'`
    bool m_isJson = false;
    bool m_isGet = false;
    bool m_hasNoProxy = false;
};

/// What a curl option means here.
struct CurlOption
{
    enum class Kind { Taken, Ignored, Refused };
    using Take = QString (*)(CurlRequest &request, const QByteArray &value);

    const char *name;
    char letter;
    bool takesValue;
    Kind kind;
    Take take = nullptr;          ///< Taken
    const char *reason = nullptr; ///< Ignored: a note to translate, null if it changes nothing; Refused: why
};

/// Null if curl has no such option, or Weir does not know it. `name` is without dashes.
const CurlOption *curlOption(const QByteArray &name);
const CurlOption *curlOption(char letter);

} // namespace weir::profile

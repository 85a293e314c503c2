// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace weir::publish {

/// The page at `/`: lists the channels and shows one with the browser's own EventSource. Allows itself nothing but its
/// own inline script and style (by their hashes) and connections to this server. Immutable.
class LandingPage
{
public:
    static const LandingPage &instance();

    QByteArray html(const QList<QByteArray> &channels) const;
    const QByteArray &headers() const { return m_headers; }

private:
    LandingPage();

    QByteArray m_page;
    QByteArray m_headers;
};

} // namespace weir::publish

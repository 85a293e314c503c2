// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QStringList>

namespace weir::profile {

/// Takes a header field of somebody else's request into settings: as authentication, codings or last event ID where
/// that says exactly the same, else as a header. What Weir sends by itself is left out, with a note unless it means
/// nothing. A field that cannot be sent is left out with a note. Notes never hold a value. A Referer whose URL holds
/// secrets is one.
void takeImportedHeader(
    subscribe::SubscriptionSettings &settings, const QByteArray &name, const QByteArray &value, QStringList &notes);

/// The Accept field that Weir sends by itself.
QByteArray acceptOf(subscribe::BodyFormat format);

/// Sets what the address stands for: a URL, or text with variables. Answers what is wrong with it, or nothing.
QString takeImportedAddress(subscribe::SubscriptionSettings &settings, const QString &address);

} // namespace weir::profile

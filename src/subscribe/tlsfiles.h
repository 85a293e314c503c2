// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/transport.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>

namespace weir::subscribe {

/// What the files of TlsSettings hold.
struct TlsFiles
{
    enum class Field : std::uint8_t { None, Authorities, Certificate, Key, Passphrase };

    QList<QSslCertificate> authorities;
    QList<QSslCertificate> clientChain; ///< the client's own certificate first
    QSslKey clientKey;
    Field wrongField = Field::None;
    QString problem; ///< plain words with the file's name; empty: all of it can be used
};

/// Reads them. Takes as long as the disk takes: never on the GUI or the ingest thread. The key may be of any kind that
/// the TLS library knows, PEM or PKCS #12; what does not fit together is a problem too.
TlsFiles loadTlsFiles(const TlsSettings &settings);

} // namespace weir::subscribe

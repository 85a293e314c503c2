// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace weir::test {

/// A self-signed certificate for localhost, and its key.
QSslCertificate testCertificate();
QSslKey testKey();

/// While it lives, connections trust the test certificate as if the system did.
class TrustTestCertificate
{
public:
    TrustTestCertificate();
    ~TrustTestCertificate();
    TrustTestCertificate(const TrustTestCertificate &) = delete;
    TrustTestCertificate &operator=(const TrustTestCertificate &) = delete;

private:
    QSslConfiguration m_before;
};

} // namespace weir::test

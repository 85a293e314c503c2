// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcertificate.h"

namespace weir::test {

namespace {

// Self-signed, for localhost and 127.0.0.1, made for these tests alone: nothing trusts it.
constexpr char certificate[] = R"(
-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUdWRIIL2licYDTXqLy5sCFwQdhFIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjIzNTcyNVoYDzIxMjYxMDI5
MjM1NzI1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATEA+RIPGWluAH56+7cJSIdErrodzMXseEWAXrLeBkuithVohq1HqUv
/VKMtAMWa+W1Ck7W0xQBFOYYp2kHBbBQo28wbTAdBgNVHQ4EFgQUm5pvKoYxrwns
WAYa1MiFU82H0KkwHwYDVR0jBBgwFoAUm5pvKoYxrwnsWAYa1MiFU82H0KkwGgYD
VR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
zj0EAwIDSQAwRgIhAIxRXhzxbybWMRqm49mqjChSfQ+x3lhSVSPVR187XyOxAiEA
5RAUUFC3s2mt0ePUazEXVemctsuFQlolMSXPOBTuBLU=
-----END CERTIFICATE-----
)";

constexpr char key[] = R"(
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTgABzVFQ/tTi2dt6
l0TW++mZ5YV+bLzUMxWR05KeuXehRANCAATEA+RIPGWluAH56+7cJSIdErrodzMX
seEWAXrLeBkuithVohq1HqUv/VKMtAMWa+W1Ck7W0xQBFOYYp2kHBbBQ
-----END PRIVATE KEY-----
)";

} // namespace

QSslCertificate testCertificate()
{
    return QSslCertificate(QByteArray(certificate), QSsl::Pem);
}

QSslKey testKey()
{
    return QSslKey(QByteArray(key), QSsl::Ec, QSsl::Pem);
}

TrustTestCertificate::TrustTestCertificate()
    : m_before(QSslConfiguration::defaultConfiguration())
{
    QSslConfiguration trusting = m_before;
    trusting.addCaCertificate(testCertificate());
    QSslConfiguration::setDefaultConfiguration(trusting);
}

TrustTestCertificate::~TrustTestCertificate()
{
    QSslConfiguration::setDefaultConfiguration(m_before);
}

} // namespace weir::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestcase.h"

namespace weir::publish {

QString word(ClientTestVerdict verdict)
{
    switch (verdict) {
    case ClientTestVerdict::Pass:
        return QStringLiteral("pass");
    case ClientTestVerdict::Fail:
        return QStringLiteral("fail");
    case ClientTestVerdict::Unclear:
        return QStringLiteral("unclear");
    case ClientTestVerdict::NotRun:
        break;
    }
    return QStringLiteral("not run");
}

QString word(ClientTestEntry::What what)
{
    using What = ClientTestEntry::What;
    switch (what) {
    case What::Request:
        return QStringLiteral("request");
    case What::Sent:
        return QStringLiteral("sent");
    case What::End:
        return QStringLiteral("end");
    case What::ClientClosed:
        return QStringLiteral("hung up");
    case What::Program:
        return QStringLiteral("program");
    case What::Note:
        break;
    }
    return QStringLiteral("note");
}

} // namespace weir::publish

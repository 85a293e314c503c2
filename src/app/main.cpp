// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowrun.h"
#include "cli/commandline.h"
#include "cli/publishsession.h"
#include "cli/watcher.h"

#include <QApplication>
#include <QCoreApplication>

#include <clocale>

namespace {

using namespace weir;

void nameApplication()
{
    QCoreApplication::setOrganizationName(QStringLiteral("weir"));
    QCoreApplication::setApplicationName(QStringLiteral("weir"));
    QCoreApplication::setApplicationVersion(QStringLiteral(WEIR_VERSION));
}

struct Run
{
    int argc;
    char **argv;

    int operator()(int exitStatus) const { return exitStatus; }

    int operator()(const cli::WatchOptions &options)
    {
        const QCoreApplication application(argc, argv);
        nameApplication();
        return cli::watch(options);
    }

    int operator()(const cli::PublishOptions &options)
    {
        const QCoreApplication application(argc, argv);
        nameApplication();
        return cli::publishEvents(options);
    }

    int operator()(const cli::WindowOptions &options)
    {
        const QApplication application(argc, argv);
        nameApplication();
        return app::runWindow(options);
    }
};

} // namespace

int main(int argc, char *argv[])
{
    return std::visit(Run{argc, argv}, cli::parse(argc, argv));
}

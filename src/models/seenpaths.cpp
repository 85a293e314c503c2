// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/seenpaths.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace weir::models {

namespace {

constexpr std::size_t mostBytes = 64 * 1024;

std::vector<filter::SeenPath> seenIn(const store::Snapshot &snapshot, const std::vector<store::EventNumber> &numbers)
{
    filter::JsonPaths paths;
    for (const auto number : numbers) {
        const auto event = snapshot.at(number);
        if (event.kind() == store::Kind::Event && event.data().size() <= mostBytes)
            paths.addData(event.data());
    }
    return paths.paths();
}

} // namespace

void collectSeenPaths(
    const store::Snapshot &snapshot, std::vector<store::EventNumber> numbers, QObject *receiver, UseSeenPaths use)
{
    QThreadPool::globalInstance()->start(
        [snapshot, numbers = std::move(numbers), guard = QPointer(receiver), use = std::move(use)] {
            const auto paths = seenIn(snapshot, numbers);
            auto *application = QCoreApplication::instance();
            if (!application)
                return;
            // The guard may be looked at in the GUI thread only.
            QMetaObject::invokeMethod(
                application,
                [guard, use, paths] {
                    if (guard)
                        use(paths);
                },
                Qt::QueuedConnection);
        });
}

} // namespace weir::models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <utility>

namespace weir::gui {

/// Work on a pool thread of which only the newest counts: starting it again, cancel() and the end of this object call
/// off what runs and drop its answer. GUI thread only, but for what is handed to start().
template <typename Result>
class PoolTask
{
public:
    using IsCanceled = std::function<bool()>;

    /// `use` takes the answer of the newest start(), from the event loop of the receiver's thread.
    PoolTask(QObject *receiver, std::function<void(const Result &)> use)
    {
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, receiver, [this, use = std::move(use)] {
            m_isRunning = false;
            if (m_watcher.future().resultCount() > 0)
                use(m_watcher.result());
        });
    }
    ~PoolTask() { m_watcher.cancel(); }
    Q_DISABLE_COPY_MOVE(PoolTask)

    /// Runs `work` on a pool thread, which has to keep alive what it looks at and should ask now and then whether it
    /// was called off; what it returns then does not matter.
    void start(std::function<Result(const IsCanceled &)> work)
    {
        m_watcher.cancel();
        m_isRunning = true;
        auto promise = std::make_shared<QPromise<Result>>();
        // Started here, so that work which is replaced while it waits for a thread is never begun.
        promise->start();
        m_watcher.setFuture(promise->future());
        QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
            if (!promise->isCanceled())
                promise->addResult(work([promise] { return promise->isCanceled(); }));
            promise->finish();
        });
    }

    void cancel()
    {
        m_watcher.cancel();
        m_watcher.setFuture({});
        m_isRunning = false;
    }

    /// Until `use` was called.
    bool isRunning() const { return m_isRunning; }

private:
    QFutureWatcher<Result> m_watcher;
    bool m_isRunning = false;
};

} // namespace weir::gui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/theme.h"
#include "publish/clienttest.h"
#include "publish/clienttestreport.h"

#include <QUrl>
#include <QWidget>

#include <memory>

class QAction;

namespace weir::models {
class ClientTestModel;
}

namespace weir::gui {

namespace Ui {
class ClientTestPane;
}

/// A page of the publisher panel: tests an SSE client of the user's, tells what to do, and shows verdicts with what was
/// seen. Needs no publisher. Keeps no command, which may hold secrets. GUI thread only.
class ClientTestPane : public QWidget
{
    Q_OBJECT

public:
    explicit ClientTestPane(QWidget *parent = nullptr);
    ~ClientTestPane() override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void createActions();
    void createReportMenu();
    void setUpView();
    void connectTest();
    void toggle();
    void runAgain();
    void run(const QStringList &cases);
    void showAddress(const QUrl &url, const QUrl &page);
    void showPhase(publish::ClientTestPhase phase);
    void take(const publish::ClientTestResult &result);
    void showEnd();
    void showEvidence();
    void selectFirstFailure();
    void updateActions();
    QStringList selectedCases() const;
    publish::ClientTestReport report() const;
    void saveReport(bool asJson);
    void writeReport(const QString &path, bool asJson);

    std::unique_ptr<Ui::ClientTestPane> m_ui;
    models::ClientTestModel *m_model;
    publish::ClientTest m_test;
    QAction *m_runAction;
    QAction *m_againAction;
    QAction *m_skipAction;
    QAction *m_copyAction;
    QString m_command; ///< of the run
    QDateTime m_time;  ///< when it began
    QUrl m_page;
    bool m_isStopped = false;
};

} // namespace weir::gui

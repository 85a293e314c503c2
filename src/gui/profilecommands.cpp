// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/profilecommands.h"

#include "gui/environmentdialog.h"
#include "gui/filetask.h"
#include "gui/subscriptionundo.h"
#include "profile/import.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>
#include <QThreadPool>
#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using profile::Environment;
using profile::Profile;
using subscribe::SubscriptionSettings;

namespace {

constexpr auto keepAfter = 1s;
constexpr qsizetype maxRecent = 10;
constexpr qsizetype linesAtOnce = 8; ///< of a report; the rest is one click away

QString suffix()
{
    return u"weir.json"_s;
}

QSettings userSettings()
{
    return {QSettings::IniFormat, QSettings::UserScope, u"weir"_s, u"weir"_s};
}

void openFileDialog(QWidget *window, QFileDialog::AcceptMode mode, const QString &title, const QString &filter,
    ProfileCommands *receiver, void (ProfileCommands::*chosen)(const QString &))
{
    auto *dialog = new QFileDialog(window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setNameFilters({filter, ProfileCommands::tr("All files (*)")});
    if (mode == QFileDialog::AcceptSave)
        dialog->setDefaultSuffix(suffix());
    QObject::connect(dialog, &QFileDialog::fileSelected, receiver, chosen);
    dialog->open();
}

} // namespace

/// Swaps the surroundings with those that it keeps, so that what was changed in between comes back too.
class ProfileCommands::Exchange : public QUndoCommand
{
public:
    Exchange(ProfileCommands &commands, Surroundings other)
        : m_commands(commands)
        , m_other(std::move(other))
    {}

    void undo() override { m_commands.exchange(m_other); }
    void redo() override { m_commands.exchange(m_other); }

private:
    ProfileCommands &m_commands;
    Surroundings m_other;
};

ProfileCommands::ProfileCommands(
    models::SubscriptionModel &model, QUndoStack &undo, const QString &dataFolder, QWidget *window)
    : QObject(window)
    , m_model(model)
    , m_undo(undo)
    , m_dataFolder(dataFolder)
    , m_window(window)
{
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(keepAfter);
    connect(&m_keeping, &QTimer::timeout, this, &ProfileCommands::keepSession);
    connect(&m_model, &models::SubscriptionModel::settingsChanged, this, &ProfileCommands::markChanged);
    loadRecent();
}

ProfileCommands::~ProfileCommands()
{
    if (m_keeping.isActive())
        keepSession();
}

void ProfileCommands::loadRecent()
{
    m_recent = userSettings().value(u"profiles/recent"_s).toStringList();
}

void ProfileCommands::remember(const QString &path)
{
    m_recent.removeAll(path);
    m_recent.prepend(path);
    m_recent = m_recent.mid(0, maxRecent);
    QThreadPool::globalInstance()->start(
        [recent = m_recent] { userSettings().setValue(u"profiles/recent"_s, recent); });
}

Profile ProfileCommands::snapshot() const
{
    Profile profile;
    profile.groups = m_now.groups;
    profile.environments = m_now.environments;
    profile.activeEnvironment = m_now.active;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const auto &each = m_model.at(row);
        profile.subscriptions.append({each.settings, each.leftOut});
        if (!each.settings.group.isEmpty() && !profile.groups.contains(each.settings.group))
            profile.groups << each.settings.group;
    }
    return profile;
}

void ProfileCommands::markChanged()
{
    ++m_changes;
    if (!m_now.path.isEmpty())
        m_window->setWindowModified(true);
    m_keeping.start();
}

/// Two files: what this session keeps must not cover what the last one left.
void ProfileCommands::keepSession()
{
    m_keeping.stop();
    if (m_dataFolder.isEmpty())
        return;
    const QDir folder(m_dataFolder);
    const auto file = folder.filePath(u"session."_s + suffix());
    const bool isToBeMoved = !std::exchange(m_hasKept, true);
    const auto last = folder.filePath(u"last-session."_s + suffix());
    writeFile(
        file,
        [profile = snapshot(), file, last, isToBeMoved] {
            if (isToBeMoved && QFileInfo::exists(file)) {
                QFile::remove(last);
                QFile::rename(file, last);
            }
            return profile::profileText(profile);
        },
        this,
        [this](const QString &problem) {
            if (!problem.isEmpty())
                Q_EMIT remark(tr("This session cannot be kept: %1").arg(problem));
        });
}

void ProfileCommands::restoreLastSession()
{
    const QDir folder(m_dataFolder);
    const auto current = folder.filePath(u"session."_s + suffix());
    const auto last = folder.filePath(u"last-session."_s + suffix());
    // As long as nothing was kept in this session, the last one's is still in place.
    restoreSession(m_hasKept ? QStringList{last, current} : QStringList{current, last});
}

/// From the first of `files` that can be read.
void ProfileCommands::restoreSession(const QStringList &files)
{
    if (files.isEmpty()) {
        Q_EMIT remark(tr("There is no last session."));
        return;
    }
    readFile(files.first(), this,
        [this, others = files.mid(1)](const QByteArray &bytes, const QString &problem) -> std::function<void()> {
            if (!problem.isEmpty())
                return [this, others] { restoreSession(others); };
            return [this, reading = profile::readProfile(bytes)] { take({}, reading, AfterOpening::StayIdle); };
        });
}

void ProfileCommands::open()
{
    auto *dialog = new QFileDialog(m_window, tr("Open Profile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Profiles (*.weir.json *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { openFile(path); });
    dialog->open();
}

void ProfileCommands::openFile(const QString &path, AfterOpening after)
{
    const auto absolute = QDir::current().absoluteFilePath(path);
    readFile(absolute, this,
        [this, absolute, after](const QByteArray &bytes, const QString &problem) -> std::function<void()> {
            auto reading = profile::readProfile(bytes);
            if (!problem.isEmpty()) {
                reading = {};
                reading.problems << problem;
            }
            return [this, absolute, after, reading] { take(absolute, reading, after); };
        });
}

void ProfileCommands::take(const QString &path, const profile::ProfileReading &reading, AfterOpening after)
{
    const auto name = path.isEmpty() ? tr("last session") : QDir::toNativeSeparators(path);
    QStringList notes;
    for (const auto &key : reading.notes)
        notes << tr("%1 is not known to this version and will be gone once the profile is saved.").arg(key);
    if (!reading.isReadable)
        return report(tr("%1 cannot be opened.").arg(name), reading.problems, {});
    replaceList(path, reading.profile, after);
    if (!path.isEmpty())
        remember(path);
    m_window->setWindowModified(false);
    Q_EMIT remark(tr("Subscriptions opened: %1").arg(reading.profile.subscriptions.size()));
    if (!reading.problems.isEmpty() || !notes.isEmpty())
        report(tr("%1 was opened, but not all of it could be understood.").arg(name), reading.problems, notes);
}

void ProfileCommands::replaceList(const QString &path, const Profile &profile, AfterOpening after)
{
    QList<store::SubscriptionId> old;
    for (int row = 0; row < m_model.rowCount(); ++row)
        old << m_model.at(row).id;
    m_undo.beginMacro(tr("open a profile"));
    if (!old.isEmpty())
        m_undo.push(new RemoveSubscriptions(m_model, old));
    // In between, both ways: what is in the list never meets another profile's variables.
    m_undo.push(new Exchange(*this, {path, profile.groups, profile.environments, profile.activeEnvironment}));
    for (const auto &each : profile.subscriptions) {
        m_undo.push(new AddSubscription(m_model, each.settings, false));
        m_model.setLeftOut(m_model.at(m_model.rowCount() - 1).id, each.secrets);
    }
    m_undo.endMacro();
    if (after != AfterOpening::Connect)
        return;
    QList<store::SubscriptionId> added;
    for (int row = 0; row < m_model.rowCount(); ++row)
        added << m_model.at(row).id;
    for (const auto id : std::as_const(added))
        m_model.connectNow(id);
}

void ProfileCommands::exchange(Surroundings &other)
{
    std::swap(m_now, other);
    showFile();
    updateVariables();
    markChanged();
}

void ProfileCommands::setFile(const QString &path)
{
    m_now.path = path;
    showFile();
    remember(path);
}

void ProfileCommands::showFile()
{
    const auto name = QFileInfo(m_now.path).fileName().replace(u"[*]"_s, u"[*][*]"_s);
    m_window->setWindowTitle(m_now.path.isEmpty() ? tr("Weir") : tr("%1[*] – Weir").arg(name));
    m_window->setWindowModified(false);
}

void ProfileCommands::save()
{
    if (m_now.path.isEmpty())
        saveAs();
    else
        saveFile(m_now.path);
}

void ProfileCommands::saveAs()
{
    openFileDialog(m_window, QFileDialog::AcceptSave, tr("Save Profile"), tr("Profiles (*.weir.json *.json)"), this,
        &ProfileCommands::saveFile);
}

void ProfileCommands::saveFile(const QString &path)
{
    const auto changes = m_changes;
    writeFile(
        path, [profile = snapshot()] { return profile::profileText(profile); }, this,
        [this, path, changes](const QString &problem) {
            if (!problem.isEmpty())
                return report(tr("%1 cannot be saved.").arg(QDir::toNativeSeparators(path)), {problem}, {});
            setFile(path);
            if (changes != m_changes)
                m_window->setWindowModified(true);
            Q_EMIT remark(tr("Saved, without secrets"));
        });
}

void ProfileCommands::import()
{
    openFileDialog(m_window, QFileDialog::AcceptOpen, tr("Import Subscriptions"),
        tr("HAR files and curl commands (*.har *.sh *.txt *.curl)"), this, &ProfileCommands::importFile);
}

void ProfileCommands::importFile(const QString &path)
{
    readFile(path, this, [this, path](const QByteArray &bytes, const QString &problem) -> std::function<void()> {
        const auto found = problem.isEmpty() ? profile::readImport(bytes) : profile::Import{{}, {problem}, {}};
        return [this, path, found] { takeImport(path, found.subscriptions, found.problems, found.notes); };
    });
}

void ProfileCommands::takeImport(const QString &path, const QList<SubscriptionSettings> &subscriptions,
    const QStringList &problems, const QStringList &notes)
{
    if (!subscriptions.isEmpty()) {
        m_undo.beginMacro(tr("import subscriptions"));
        for (auto settings : subscriptions) {
            const auto suggestion = m_model.suggest(settings.url, settings.name);
            settings.name = suggestion.name;
            settings.colourIndex = suggestion.colourIndex;
            m_undo.push(new AddSubscription(m_model, settings, false));
        }
        m_undo.endMacro();
    }
    Q_EMIT remark(tr("Subscriptions imported: %1").arg(subscriptions.size()));
    if (!problems.isEmpty() || !notes.isEmpty())
        report(tr("Subscriptions imported from %1: %2.").arg(QDir::toNativeSeparators(path)).arg(subscriptions.size()),
            problems, notes);
}

void ProfileCommands::report(const QString &title, const QStringList &problems, const QStringList &notes)
{
    const auto lines = problems + notes;
    auto *box = new QMessageBox(problems.isEmpty() ? QMessageBox::Information : QMessageBox::Warning, tr("Weir"), title,
        QMessageBox::Ok, m_window);
    box->setObjectName(u"profileReport"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    auto shown = lines.mid(0, linesAtOnce);
    if (lines.size() > linesAtOnce) {
        shown << tr("… and %n more", nullptr, static_cast<int>(lines.size() - linesAtOnce));
        box->setDetailedText(lines.join(u'\n'));
    }
    box->setInformativeText(shown.join(u'\n'));
    box->open();
}

void ProfileCommands::setActiveEnvironment(const QString &name)
{
    setEnvironments(m_now.environments, name);
}

void ProfileCommands::setEnvironments(const QList<Environment> &environments, const QString &active)
{
    if (m_now.environments == environments && m_now.active == active)
        return;
    m_now.environments = environments;
    m_now.active = active;
    updateVariables();
    markChanged();
}

void ProfileCommands::updateVariables()
{
    m_model.setVariables(profile::activeVariables(snapshot()));
}

void ProfileCommands::editEnvironments()
{
    auto *dialog = new EnvironmentDialog(m_now.environments, m_now.active, m_window);
    connect(dialog, &EnvironmentDialog::confirmed, this, &ProfileCommands::setEnvironments);
    dialog->open();
}

QString ProfileCommands::variableKey(const QString &name) const
{
    return u"variable %1 %2 %3"_s.arg(m_now.path, m_now.active, name);
}

void ProfileCommands::fillVariables(const QMap<QString, QString> &values)
{
    const auto active = std::ranges::find(m_now.environments, m_now.active, &Environment::name);
    if (active == m_now.environments.end())
        return;
    for (auto value = values.begin(); value != values.end(); ++value)
        active->variables[value.key()] = {*value, true};
    updateVariables();
}

} // namespace weir::gui

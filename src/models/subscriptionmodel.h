// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources.h"
#include "models/subscriptionrow.h"
#include "profile/variables.h"
#include "subscribe/ingest.h"

#include <QAbstractTableModel>
#include <QMap>
#include <QTimer>

#include <optional>
#include <vector>

namespace weir::models {

/// The list of subscriptions, and the authority on it: every change goes through here to the engine. A subscription
/// that is removed is parked with its engine's state (last event ID, counters), so that restoring it goes on where it
/// ended; forget() gives it up for good. GUI thread only.
class SubscriptionModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { StateColumn, NameColumn, EventsColumn, RateColumn, LastByteColumn, ReconnectsColumn };
    static constexpr int columns = ReconnectsColumn + 1;
    enum Role {
        StateRole = Qt::UserRole, ///< int: store::ConnectionState
        HasFailedRole,
        ColourRole, ///< int: SubscriptionSettings::colourIndex
        IsMutedRole,
        IsSoloRole,
        CertificateMarkRole, ///< bool: any certificate is accepted
        WarningMarkRole,     ///< bool: something was let pass by choice
        LastCommentRole,     ///< qlonglong: monotonic nanoseconds; 0: none yet
        IsGroupRole,         ///< bool: SubscriptionTree's
    };

    /// Keeps a reference: `ingest` must outlive this.
    explicit SubscriptionModel(subscribe::Ingest &ingest, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Settings for a new subscription: a name that is not taken yet and the next colour in turn.
    subscribe::SubscriptionSettings suggest(const QUrl &url, const QString &name = {}) const;

    /// The largest event, in bytes, that suggest() says from now on.
    void setMaxEventBytes(std::size_t bytes);

    store::SubscriptionId add(const subscribe::SubscriptionSettings &settings); ///< idle, as the last row
    /// Settings may hold these; what the engine gets has them filled in. Connections whose settings come out otherwise
    /// are made anew.
    void setVariables(const profile::Variables &variables);
    const profile::Variables &variables() const { return m_variables; }
    /// Places whose secrets are to be known before it connects; see profile::secretPlaces().
    void setLeftOut(store::SubscriptionId id, const QStringList &places);
    /// By place. One that stays empty is not asked for again. This is no change that anybody takes back or saves.
    void fillSecrets(store::SubscriptionId id, const QMap<QString, QString> &values);
    void setSettings(store::SubscriptionId id, const subscribe::SubscriptionSettings &settings);
    void setMuted(store::SubscriptionId id, bool isMuted) { setMuted(QList{id}, isMuted); }
    void setSolo(store::SubscriptionId id, bool isSolo) { setSolo(QList{id}, isSolo); }
    void setMuted(const QList<store::SubscriptionId> &ids, bool isMuted);
    void setSolo(const QList<store::SubscriptionId> &ids, bool isSolo);

    /// Disconnects it and takes it out of the list. Answers the row that it had.
    int park(store::SubscriptionId id);
    void restore(store::SubscriptionId id, int row); ///< a parked one; it is connected again if it was when parked
    void forget(store::SubscriptionId id);           ///< a parked one; its events and its name stay

    void connectNow(store::SubscriptionId id);
    void disconnectNow(store::SubscriptionId id);
    void reconnectNow(store::SubscriptionId id);
    /// Requires that subscribe::validateLastEventId() finds nothing wrong. Acts at the next request.
    void setLastEventId(store::SubscriptionId id, const QByteArray &lastEventId);

    const SubscriptionRow &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    const SubscriptionRow *find(store::SubscriptionId id) const; ///< null if it is not in the list
    bool contains(const QUrl &url) const;
    std::optional<int> rowOf(store::SubscriptionId id) const;
    const Sources &sources() const { return m_sources; }

Q_SIGNALS:
    /// A name, a colour or what is shown has changed. The receiver must not delete the sender.
    void sourcesChanged(const weir::models::Sources &sources);
    /// Subscriptions were added, removed or changed by somebody: a profile is no longer what was saved.
    void settingsChanged();
    /// It was to be connected, and row.missingSecrets prevents that. Once they are filled in: connectNow() again.
    void secretsWanted(weir::store::SubscriptionId id);
    /// It was given up for good.
    void forgotten(weir::store::SubscriptionId id);

private:
    struct Parked
    {
        SubscriptionRow row;
        bool wasActive = false;
        bool isForgotten = false; ///< the engine knows it no more; its events may still be in the log
    };

    void setSwitch(bool SubscriptionRow::*which, const QList<store::SubscriptionId> &ids, bool isOn);
    void prepare(SubscriptionRow &row) const;
    void give(SubscriptionRow &row); ///< its settings, to the engine
    bool isReady(store::SubscriptionId id);
    void insert(SubscriptionRow row, int position);
    void takeStatus(const subscribe::ConnectionStatus &status);
    void tick();
    bool collectSources(); ///< true if they have changed; tells nobody
    void updateSources();
    void announce(int row);
    SubscriptionRow *row(store::SubscriptionId id);
    std::vector<Parked>::iterator parked(store::SubscriptionId id);
    QVariant text(const SubscriptionRow &row, int column) const;
    QString freeName(const QString &wanted) const;

    subscribe::Ingest &m_ingest;
    std::vector<SubscriptionRow> m_rows;
    std::vector<Parked> m_parked;
    Sources m_sources;
    profile::Variables m_variables;
    std::size_t m_maxEventBytes = subscribe::SubscriptionSettings().maxEventBytes;
    QTimer m_timer;
};

} // namespace weir::models

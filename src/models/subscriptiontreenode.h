// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptiontree.h"

namespace weir::models {

/// A group has a name, a subscription its row in the list; the root has neither. Only for SubscriptionTree's own files.
struct SubscriptionTree::Node
{
    Node *parent = nullptr;
    QString group;
    int listRow = -1;
    std::vector<std::unique_ptr<Node>> children;

    bool isGroup() const { return !group.isEmpty(); }
};

} // namespace weir::models

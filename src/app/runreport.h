// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stallmeter.h"
#include "subscribe/status.h"

#include <QImage>
#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace weir::app {

/// A stream of a run that ends by itself, for its summary.
struct ReportedStream
{
    QString name;
    std::shared_ptr<const subscribe::Counters> counters;
};

/// One line per stream: name, events, events/s from the first to the last.
std::string streamLines(const std::vector<ReportedStream> &streams);

/// The JSON that --measure promises.
std::string measurementJson(
    const std::vector<ReportedStream> &streams, std::uint64_t shown, const StallMeter::Result &stalls);

/// What is to be saved before the program ends. Empty names: nothing.
struct RunFiles
{
    std::string measureFile;
    std::string measurement;
    std::string screenshotFile;
    QImage screenshot;
};

/// Writes the files on the calling thread; answers a sentence for each that could not be written.
std::vector<std::string> save(const RunFiles &files);

} // namespace weir::app

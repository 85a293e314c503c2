// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/headeroption.h"

#include <CLI/CLI.hpp>

#include <fstream>

namespace weir::cli {

namespace {

subscribe::Header headerFrom(const std::string &line, const std::string &place)
{
    const auto colon = line.find(':');
    if (colon == std::string::npos)
        throw CLI::ValidationError("--header", place + ": expected 'Name: value'");
    subscribe::Header header;
    header.name = QByteArray::fromStdString(line.substr(0, colon)).trimmed();
    header.value = QByteArray::fromStdString(line.substr(colon + 1)).trimmed();
    header.isSecret = subscribe::isSecretHeader(header.name);
    subscribe::SettingsError error{};
    if (!subscribe::validateHeader(header, &error))
        throw CLI::ValidationError("--header", place + ": " + subscribe::text(error).toStdString());
    return header;
}

void readHeaderFile(const std::string &name, QList<subscribe::Header> &headers)
{
    std::ifstream file(name);
    if (!file)
        throw CLI::ValidationError("--header", "cannot read the file '" + name + "'");
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (!line.empty())
            headers.append(headerFrom(line, name + " line " + std::to_string(number)));
    }
}

} // namespace

QList<subscribe::Header> readHeaderOptions(const std::vector<std::string> &options)
{
    QList<subscribe::Header> headers;
    int number = 0;
    for (const auto &option : options) {
        ++number;
        if (option.starts_with('@'))
            readHeaderFile(option.substr(1), headers);
        else
            headers.append(headerFrom(option, "header " + std::to_string(number)));
    }
    return headers;
}

} // namespace weir::cli

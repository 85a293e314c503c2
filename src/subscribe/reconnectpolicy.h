// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace weir::subscribe {

/// How a subscription comes back after its connection ends.
struct ReconnectPolicy
{
    bool isEnabled = true;
    bool isStrict = false;                            ///< browser rules: any status but 200 closes for good
    bool isFinishedAtEnd = false;                     ///< a clean end of the body is the end of the stream: LLM answers
    std::chrono::milliseconds reconnectionTime{3000}; ///< until the server sets its own
    std::chrono::milliseconds floor{100};
    std::chrono::milliseconds ceiling{std::chrono::minutes{1}};    ///< of the back-off
    std::chrono::milliseconds retryCeiling{std::chrono::hours{1}}; ///< of what a server may ask for
    double backOffFactor = 2; ///< for each attempt in a row that was of no use; 1: none
    double jitter = 0.5;      ///< share of the delay by which it is lengthened at random, at most; 0 … 1
    int maxAttempts = 0;      ///< in a row without an event; 0: no limit

    friend bool operator==(const ReconnectPolicy &, const ReconnectPolicy &) = default;
};

} // namespace weir::subscribe

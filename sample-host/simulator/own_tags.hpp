// What the REST side tells the exchange beside what FIX has fields for. No client can send them:
// tags on the wire are positive.
#pragma once

namespace broker::simulator::own_tag {

inline constexpr int kPositionCode = -1;   // of the position that the order closes
inline constexpr int kOpensPosition = -2;  // the order opens a position of its own
inline constexpr int kIsAttached = -3;     // the order covers its whole position: see Protection
inline constexpr int kContingency = -4;    // of a list: one of these
inline constexpr const char* kOco = "oco";
inline constexpr const char* kOto = "oto";
inline constexpr const char* kBracket = "bracket";

}  // namespace broker::simulator::own_tag

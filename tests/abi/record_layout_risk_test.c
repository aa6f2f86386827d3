// The layout of broker.risk/1 (see record_layout_test.c).
#include "broker/abi/broker.h"
#include "layout_checks.h"

FIRST(broker_risk_t, set_kill_switch);
NEXT(broker_risk_t, set_kill_switch, flatten, 8);
NEXT(broker_risk_t, flatten, reset_guard, 16);
NEXT(broker_risk_t, reset_guard, read, 24);
SIZE(broker_risk_t, read, 32);

FIRST(broker_risk_status_t, struct_size);
NEXT(broker_risk_status_t, struct_size, is_kill_switch_on, 4);
NEXT(broker_risk_status_t, is_kill_switch_on, has_guard, 8);
NEXT(broker_risk_status_t, has_guard, guard_reason, 12);
NEXT(broker_risk_status_t, guard_reason, is_flattening, 16);
NEXT(broker_risk_status_t, is_flattening, must_be_zero, 20);
NEXT(broker_risk_status_t, must_be_zero, equity, 24);
NEXT(broker_risk_status_t, equity, day_start_equity, 40);
NEXT(broker_risk_status_t, day_start_equity, high_water_mark, 56);
NEXT(broker_risk_status_t, high_water_mark, daily_loss, 72);
NEXT(broker_risk_status_t, daily_loss, drawdown, 88);
NEXT(broker_risk_status_t, drawdown, data_age, 104);
NEXT(broker_risk_status_t, data_age, open_positions, 112);
SIZE(broker_risk_status_t, open_positions, 120);

int main(void) { return 0; }

// The layout of broker.operator/1 (see record_layout_test.c).
#include "broker/abi/broker.h"
#include "layout_checks.h"

FIRST(broker_operator_t, pause);
NEXT(broker_operator_t, pause, drain, 8);
NEXT(broker_operator_t, drain, resume, 16);
NEXT(broker_operator_t, resume, reconnect, 24);
NEXT(broker_operator_t, reconnect, read, 32);
SIZE(broker_operator_t, read, 40);

FIRST(broker_operator_command_t, struct_size);
NEXT(broker_operator_command_t, struct_size, must_be_zero, 4);
NEXT(broker_operator_command_t, must_be_zero, account, 8);
NEXT(broker_operator_command_t, account, request_id, 24);
NEXT(broker_operator_command_t, request_id, why, 32);
SIZE(broker_operator_command_t, why, 48);

FIRST(broker_operator_status_t, struct_size);
NEXT(broker_operator_status_t, struct_size, is_paused, 4);
NEXT(broker_operator_status_t, is_paused, is_draining, 8);
SIZE(broker_operator_status_t, is_draining, 12);

int main(void) { return 0; }

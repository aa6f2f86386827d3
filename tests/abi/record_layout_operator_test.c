// The layout of broker.operator/1 (see record_layout_test.c).
#include "broker/abi/broker.h"
#include "layout_checks.h"

FIRST(broker_operator_t, pause);
NEXT(broker_operator_t, pause, drain, 8);
NEXT(broker_operator_t, drain, resume, 16);
NEXT(broker_operator_t, resume, reconnect, 24);
NEXT(broker_operator_t, reconnect, read, 32);
NEXT(broker_operator_t, read, read_sequence_numbers, 40);
NEXT(broker_operator_t, read_sequence_numbers, set_sequence_numbers, 48);
NEXT(broker_operator_t, set_sequence_numbers, reset_sequence_numbers, 56);
NEXT(broker_operator_t, reset_sequence_numbers, fail_over, 64);
NEXT(broker_operator_t, fail_over, reload, 72);
SIZE(broker_operator_t, reload, 80);

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

FIRST(broker_session_command_t, struct_size);
NEXT(broker_session_command_t, struct_size, channel, 4);
NEXT(broker_session_command_t, channel, account, 8);
NEXT(broker_session_command_t, account, request_id, 24);
NEXT(broker_session_command_t, request_id, why, 32);
NEXT(broker_session_command_t, why, next_sender_msg_seq_num, 48);
NEXT(broker_session_command_t, next_sender_msg_seq_num, next_target_msg_seq_num, 56);
NEXT(broker_session_command_t, next_target_msg_seq_num, host, 64);
SIZE(broker_session_command_t, host, 80);

FIRST(broker_sequence_numbers_t, struct_size);
NEXT(broker_sequence_numbers_t, struct_size, reserved, 4);
NEXT(broker_sequence_numbers_t, reserved, next_sender_msg_seq_num, 8);
NEXT(broker_sequence_numbers_t, next_sender_msg_seq_num, next_target_msg_seq_num, 16);
SIZE(broker_sequence_numbers_t, next_target_msg_seq_num, 24);

FIRST(broker_reload_command_t, struct_size);
NEXT(broker_reload_command_t, struct_size, must_be_zero, 4);
NEXT(broker_reload_command_t, must_be_zero, config_path, 8);
NEXT(broker_reload_command_t, config_path, why, 24);
SIZE(broker_reload_command_t, why, 40);

FIRST(broker_reload_result_t, struct_size);
NEXT(broker_reload_result_t, struct_size, is_applied, 4);
NEXT(broker_reload_result_t, is_applied, added, 8);
NEXT(broker_reload_result_t, added, removed, 16);
NEXT(broker_reload_result_t, removed, changed, 24);
NEXT(broker_reload_result_t, changed, unchanged, 32);
NEXT(broker_reload_result_t, unchanged, left_out, 40);
NEXT(broker_reload_result_t, left_out, down, 48);
SIZE(broker_reload_result_t, down, 56);

int main(void) { return 0; }

// Every released header of the ABI.
#ifndef BROKER_ABI_BROKER_H
#define BROKER_ABI_BROKER_H

#include "broker/abi/account.h"
#include "broker/abi/adapter.h"
#include "broker/abi/entry.h"
#include "broker/abi/event.h"
#include "broker/abi/execution_report.h"
#include "broker/abi/export.h"
#include "broker/abi/ext/account.h"
#include "broker/abi/ext/capabilities.h"
#include "broker/abi/ext/cl_ord_id.h"
#include "broker/abi/ext/log.h"
#include "broker/abi/ext/market_data.h"
#include "broker/abi/ext/mass_status.h"
#include "broker/abi/ext/order_entry.h"
#include "broker/abi/ext/order_list.h"
#include "broker/abi/ext/positions.h"
#include "broker/abi/ext/reference_data.h"
#include "broker/abi/ext/thread_check.h"
#include "broker/abi/ext/trades.h"
#include "broker/abi/host.h"
#include "broker/abi/market_data.h"
#include "broker/abi/order.h"
#include "broker/abi/order_list.h"
#include "broker/abi/query.h"
#include "broker/abi/reason.h"
#include "broker/abi/session_event.h"
#include "broker/abi/status.h"
#include "broker/abi/types.h"
#include "broker/abi/version.h"

#endif

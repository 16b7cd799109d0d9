"""The application becomes a server: headers, limits, a log."""

from searchui.serving.access_log import log_requests
from searchui.serving.http_headers import deliver_responses, static_address
from searchui.serving.rates import limit_rates
from searchui.serving.server import behind_proxies

__all__ = ["behind_proxies", "deliver_responses", "limit_rates", "log_requests", "static_address"]

"""The application becomes a server: headers, limits, a log."""

from searchui.serving.access_log import log_requests
from searchui.serving.http_headers import deliver, static_address
from searchui.serving.rates import limit_rates
from searchui.serving.server import placed

__all__ = ["deliver", "limit_rates", "log_requests", "placed", "static_address"]

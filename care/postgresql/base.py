"""PostgreSQL as Django has it, with a limit on how long a visitor waits for a silent server."""

from django.db.backends.postgresql import base
from psycopg import OperationalError

HEALTH_CHECK_SECONDS = 1


class DatabaseWrapper(base.DatabaseWrapper):
    """`answer_timeout` in OPTIONS is the limit in seconds; without it there is none.

    The server itself ends a long statement (statement_timeout). This limit is for a server that is
    frozen, or cut off in such a way that nothing tells the connection that it is dead.
    """

    def get_connection_params(self):
        params = super().get_connection_params()
        self.answer_timeout = params.pop("answer_timeout", None)
        return params

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        if self.answer_timeout:
            self.limit_waiting(connection)
        return connection

    def limit_waiting(self, connection):
        wait = connection.wait

        def wait_at_most(generator, **options):
            try:
                return wait(generator, **{"timeout": self.answer_timeout} | options)
            except OperationalError as error:
                if error.sqlstate is None:  # not said by the server: it is silent or lost
                    connection.close()
                raise

        connection.wait = wait_at_most

    def is_usable(self):
        """A healthy connection answers this at once."""
        limit = self.answer_timeout
        self.answer_timeout = limit and HEALTH_CHECK_SECONDS
        try:
            return super().is_usable()
        finally:
            self.answer_timeout = limit

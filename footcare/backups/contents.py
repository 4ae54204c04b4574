"""What a backup holds, and whether this release can use it: asked before anything is replaced."""

from dataclasses import dataclass

from footcare.backups.errors import Failed
from footcare.schema import APP, Columns, Migration, columns_after, later_migrations, own_migrations

FIRST = (APP, "0001_initial")


@dataclass(frozen=True)
class Contents:
    migrations: set[Migration]
    columns: Columns

    def is_older(self) -> bool:
        return not own_migrations() <= self.migrations


def refuse_unfit(contents: Contents) -> None:
    """Refuses other programs' data, a later release's, and tables that are not as their migrations made them."""
    if FIRST not in contents.migrations:
        raise Failed.no_backup("it has other tables")
    if later := later_migrations(contents.migrations):
        raise Failed(f"This backup comes from a later release of Footcare, with {'.'.join(later[0])}. Upgrade first.")
    for table, columns in columns_after(contents.migrations).items():
        if missing := columns - contents.columns.get(table, set()):
            raise Failed.no_backup(f"it lacks {table}.{min(missing)}")

"""python -m indexer: the same as the command onrecord."""

from indexer.commands import main

if __name__ == "__main__":
    main(prog_name="onrecord")

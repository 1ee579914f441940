#!/bin/sh
# The short form of tests/torture.sh: the poisoned batch whole, few kills, no scanned pages.
exec "$(dirname "$0")/../torture.sh" 6 0

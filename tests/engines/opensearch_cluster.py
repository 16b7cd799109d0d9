"""Three OpenSearch nodes on this machine's loopback, for the tests and for trying things.

    python -m tests.engines.opensearch_cluster start FOLDER [--heap 320]   prints its address when all nodes have joined
    python -m tests.engines.opensearch_cluster stop FOLDER

The server and its module for joins come with Maven, from wherever the machine's Maven takes its artifacts; Java between
11 and 23 runs it. ONRECORD_OPENSEARCH_VERSION names another version; 3.x wants Java 21 or newer. The server refuses to
run as root: started by root, its nodes run as nobody.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

VERSION = os.environ.get("ONRECORD_OPENSEARCH_VERSION", "2.19.5")
SERVER = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
JOINS = f"org.opensearch.plugin:parent-join-client:{VERSION}"
NODES = 3
UNPRIVILEGED = "nobody"
PATIENCE = 180.0                   # seconds until all nodes must have joined
OLDEST_JAVA, NEWEST_JAVA = (11, 23) if VERSION.startswith("2.") else (21, 99)
WORKING_HEAP = 512                 # megabytes; with less the nodes start sooner and work slower: enough for tests
STATE = "cluster.json"

DESCRIPTOR = """\
name=parent-join
description=Joins
version={version}
opensearch.version={version}
java.version=11
classname=org.opensearch.join.{plugin}
extended.plugins=
has.native.controller=false
"""


_started: list[subprocess.Popen[bytes]] = []       # which may run on when this program has ended


@dataclass
class Node:
    """One server: its name, the ports it listens at, and its process while it runs."""

    name: str
    http: int
    transport: int
    pid: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"


class Cluster:
    """The nodes whose files are in one folder."""

    def __init__(self, folder: Path, heap: int = 320) -> None:
        self.folder = folder
        self.heap = heap
        self.server = folder / f"opensearch-{VERSION}"
        self.nodes: list[Node] = []

    @classmethod
    def of(cls, folder: Path) -> Cluster:
        """One that was started before."""
        state = json.loads((folder / STATE).read_text("utf-8"))
        found = cls(folder, state["heap"])
        found.nodes = [Node(**each) for each in state["nodes"]]
        return found

    @property
    def url(self) -> str:
        """What ONRECORD_OPENSEARCH_URL has to be."""
        return ",".join(node.url for node in self.nodes)

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.server.is_dir():
            install(self.folder)
        ports = list(free_ports(2 * NODES))
        self.nodes = [Node(f"node-{number}", *ports[2 * number:2 * number + 2]) for number in range(NODES)]
        try:
            for node in self.nodes:
                self.launch(node)
            self.wait()
        except BaseException:
            self.end()
            raise

    def launch(self, node: Node) -> None:
        """Start one node, with the data that it had when it was last stopped or killed."""
        home = self.folder / node.name
        (home / "config").mkdir(parents=True, exist_ok=True)
        shutil.copy(self.server / "config" / "log4j2.properties", home / "config")
        (home / "config" / "opensearch.yml").write_text(self._settings(node), "utf-8")
        if os.geteuid() == 0:
            for path in [home, *home.rglob("*")]:
                shutil.chown(path, UNPRIVILEGED)
        guard = self.server / "agent" / "opensearch-agent.jar"       # what newer versions have in place of Java's own
        command = [
            java(), f"-Xms{self.heap}m", f"-Xmx{self.heap}m", "-XX:+UseSerialGC",
            *(["-XX:TieredStopAtLevel=1"] if self.heap < WORKING_HEAP else []),
            f"-javaagent:{guard}" if guard.is_file() else "-Djava.security.manager=allow",
            "-Dlog4j2.disable.jmx=true", f"-Djava.io.tmpdir={home}",
            f"-Dopensearch.path.home={self.server}", f"-Dopensearch.path.conf={home}/config",
            "-Dopensearch.distribution.type=zip", "-cp", f"{self.server}/lib/*", "org.opensearch.bootstrap.OpenSearch",
        ]
        more: dict[str, Any] = {"user": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.folder / f"{node.name}.log").open("ab") as log:
            _started.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=home,
                                             start_new_session=True, **more))
        node.pid = _started[-1].pid
        self._remember()

    def _settings(self, node: Node) -> str:
        seeds = [f"127.0.0.1:{each.transport}" for each in self.nodes]
        home = self.folder / node.name
        return json.dumps({                       # which YAML takes, too
            "cluster.name": "onrecord-tests", "node.name": node.name, "network.host": "127.0.0.1",
            "http.port": node.http, "transport.port": node.transport, "discovery.seed_hosts": seeds,
            "cluster.initial_cluster_manager_nodes": [each.name for each in self.nodes],
            "path.data": f"{home}/data", "path.logs": f"{home}/logs", "action.auto_create_index": False,
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **({"node.processors": 1} if self.heap < WORKING_HEAP else {}),
        })

    def _remember(self) -> None:
        state = {"heap": self.heap, "nodes": [asdict(node) for node in self.nodes]}
        (self.folder / STATE).write_text(json.dumps(state), "utf-8")

    def wait(self, status: str = "green", nodes: int = NODES) -> None:
        """Until so many nodes have joined and all shards are where they should be."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for node in self.nodes:
                if node.pid and not alive(node.pid):
                    raise SystemExit(f"{node.name} has ended: see {self.folder / node.name}.log")
                found = health(node.url, status, nodes)
                if found:
                    return
            time.sleep(0.5)
        raise SystemExit(f"The cluster in {self.folder} is not {status} after {PATIENCE:.0f} seconds.")

    def kill(self, node: Node) -> None:
        """As when a machine loses its power."""
        end(node.pid, signal.SIGKILL)
        node.pid = 0
        self._remember()

    def revive(self) -> None:
        """Start whatever has been killed, and wait until all have joined."""
        for node in self.nodes:
            if not node.pid:
                self.launch(node)
        self.wait("yellow")

    def end(self) -> None:
        """No node runs on; what each said last stays to be read."""
        for node in self.nodes:
            if node.pid:
                self.kill(node)                    # nobody needs their data any more

    def stop(self) -> None:
        """End the nodes and delete their data; the server itself stays for the next time."""
        self.end()
        for node in self.nodes:
            shutil.rmtree(self.folder / node.name, ignore_errors=True)
        (self.folder / STATE).unlink(missing_ok=True)


def health(url: str, status: str, nodes: int) -> bool:
    address = f"{url}/_cluster/health?wait_for_status={status}&wait_for_nodes={nodes}&timeout=5s"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return not json.load(answer)["timed_out"]
    except (OSError, ValueError, urllib.error.URLError):
        return False


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended may be in the table until its parent looks."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in "ZX"


def end(pid: int, how: signal.Signals) -> None:
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return
    while alive(pid):
        time.sleep(0.05)


def free_ports(count: int) -> Iterator[int]:
    """Ports of loopback at which nobody listens, all different."""
    taken = []
    for _ in range(count):
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        taken.append(listening)
    for listening in taken:
        yield listening.getsockname()[1]
        listening.close()


def install(folder: Path) -> None:
    """Put the server, with what it needs for joins, into the folder."""
    maven = shutil.which("mvn")
    if not maven:
        raise SystemExit("Maven is needed to get OpenSearch: apt-get install maven")
    for artifact in (SERVER, JOINS):
        options = [f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
        subprocess.run([maven, "-q", "-B", "-Dstyle.color=never", "dependency:copy", *options], check=True,
                       stdout=sys.stderr)
    with zipfile.ZipFile(folder / f"opensearch-{VERSION}.zip") as archive:
        archive.extractall(folder)
    module = folder / f"opensearch-{VERSION}" / "modules" / "parent-join"
    module.mkdir()
    jar = Path(shutil.move(folder / f"parent-join-client-{VERSION}.jar", module))
    with zipfile.ZipFile(jar) as archive:
        names = [re.search(r"/(ParentJoin\w*Plugin)\.class$", name) for name in archive.namelist()]
    plugin = next(name[1] for name in names if name)
    descriptor = DESCRIPTOR.format(version=VERSION, plugin=plugin)
    (module / "plugin-descriptor.properties").write_text(descriptor, "utf-8")
    (folder / f"opensearch-{VERSION}.zip").unlink()


def java() -> str:
    """A Java that the server runs on: JAVA_HOME's, that of the path, or one that lies beside it."""
    named = os.environ.get("JAVA_HOME")
    found = [Path(named) / "bin" / "java"] if named else []
    found += [Path(each) for each in [shutil.which("java")] if each]
    found += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    for each in found:
        if each.is_file() and OLDEST_JAVA <= version_of(each) <= NEWEST_JAVA:
            return str(each)
    raise SystemExit(f"OpenSearch {VERSION} needs Java from {OLDEST_JAVA} to {NEWEST_JAVA}: "
                     "apt-get install default-jre-headless")


def version_of(program: Path) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True).stderr
    number = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(number[1]) if number else 0


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("start", "stop"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heap", type=int, default=320, help="megabytes of each node; 512 and more to measure")
    options = parser.parse_args(arguments)
    if options.what == "stop":
        Cluster.of(options.folder.resolve()).stop()
        return
    cluster = Cluster(options.folder.resolve(), options.heap)
    cluster.start()
    print(cluster.url)


if __name__ == "__main__":
    main()

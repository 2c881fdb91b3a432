"""A small client of the ticket API that shares no code with ours.

It and the gorgias command talk to the same emulator, and each has to be told
what the other is told: tickets, lists and refusals.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

BASE = os.environ["GORGIAS_BASE_URL"]
PAIR = f"{os.environ['GORGIAS_EMAIL']}:{os.environ['GORGIAS_API_KEY']}"
AUTHORIZATION = "Basic " + base64.b64encode(PAIR.encode()).decode()
COMMAND = sys.argv[1]

TICKET = {
    "external_id": "second-1",
    "subject": "Wo bleibt meine Bestellung? 📦",
    "customer": {"email": "jane@example.com", "name": "Jane"},
    "tags": [{"name": "vip"}],
    "meta": {"order": 9007199254740993},
    "messages": [
        {
            "channel": "email",
            "via": "email",
            "from_agent": False,
            "body_text": "Order 1234 has not arrived.",
            "source": {
                "type": "email",
                "from": {"address": "jane@example.com"},
                "to": [{"address": "support@acme.example"}],
            },
        }
    ],
}


def call(method, path, body=None, authorization=AUTHORIZATION):
    """One exchange: the status and the decoded body."""
    request = urllib.request.Request(
        BASE + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": authorization, "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def upload(name, kind, content):
    """Uploads one file: the status and the decoded body."""
    # No content has it, though some has its beginning.
    boundary = "second-client-boundary"
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    head = f"--{boundary}\r\n{disposition}\r\nContent-Type: {kind}\r\n\r\n"
    request = urllib.request.Request(
        BASE + "/api/upload",
        method="POST",
        data=head.encode() + content + f"\r\n--{boundary}--\r\n".encode(),
        headers={
            "Authorization": AUTHORIZATION,
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        },
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.status, json.load(response)


def served(url):
    """What is at the address of an uploaded file."""
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.headers["Content-Type"], response.read()


def gorgias(*arguments, stdin=None, exit_code=0, **environment):
    """Runs the command: what it printed, on both outputs."""
    done = subprocess.run(
        [COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    same(f"exit code of {arguments}: {done.stderr}", done.returncode, exit_code)
    return done


def same(what, ours, theirs):
    if ours != theirs:
        sys.exit(f"{what}:\n  {ours!r}\nis not\n  {theirs!r}")


def main():
    # What one client wrote, the other reads, value by value.
    status, written = call("POST", "/api/tickets", TICKET)
    same("status of a creation", status, 201)
    read = gorgias("ticket", "get", str(written["id"]), "--json")
    status, ours = call("GET", f"/api/tickets/{written['id']}")
    same("status of a ticket written by Python", status, 200)
    same("a ticket written by Python", json.loads(read.stdout), ours)

    sent = gorgias("ticket", "create", "--file", "-", "--json", stdin=json.dumps(TICKET))
    id_ = json.loads(sent.stdout)["id"]
    status, ours = call("GET", f"/api/tickets/{id_}")
    same("status of a ticket written by the command", status, 200)
    for key in ("external_id", "subject", "channel", "via", "from_agent", "meta", "status"):
        same(f"{key} of a ticket written by either", ours[key], written[key])
    same("tags", [tag["name"] for tag in ours["tags"]], ["vip"])

    # A page of a list.
    listed = gorgias("ticket", "list", "--external-id", "second-1", "--json")
    ids = [ticket["id"] for ticket in json.loads(listed.stdout)]
    page = call("GET", "/api/tickets?external_id=second-1")[1]
    same("a list by external id", ids, [ticket["id"] for ticket in page["data"]])
    same("its length", len(ids), 2)

    # A file that either uploads is kept to the byte.
    content = bytes(range(256)) + b"\r\n--second-client\r\n"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "vase.png")
        with open(path, "wb") as file:
            file.write(content)
        theirs = json.loads(gorgias("upload", path).stdout)
    status, ours = upload("vase.png", "image/png", content)
    same("status of an upload", status, 201)
    for key in ("name", "content_type", "size"):
        same(f"{key} of a file uploaded by either", theirs[key], ours[0][key])
    for file in (theirs, ours[0]):
        same("what is kept", served(file["url"]), ("image/png", content))

    # Refusals.
    status, refusal = call("GET", "/api/tickets/1")
    same("status of a ticket that is not there", status, 404)
    missing = gorgias("ticket", "get", "1", exit_code=3)
    same("the command names the status", str(status) in missing.stderr, True)
    status, _ = call("POST", "/api/tickets", {"messages": []})
    same("status of a ticket without messages", status, 400)
    gorgias("ticket", "create", "--file", "-", stdin='{"messages": []}', exit_code=2)
    wrong = "Basic " + base64.b64encode(b"agent@acme.example:wrong").decode()
    same("status without a right key", call("GET", "/api/tickets", authorization=wrong)[0], 401)
    gorgias("ticket", "list", exit_code=3, GORGIAS_API_KEY="wrong")
    print("written, read, listed and refused alike")


if __name__ == "__main__":
    main()

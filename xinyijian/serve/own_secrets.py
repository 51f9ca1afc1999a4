"""`python -m xinyijian.serve.own_secrets FOLDER`: the secrets of a new installation, one file each; what is there already stays."""
import sys
from pathlib import Path

from xinyijian.serve.places import new_secrets
from xinyijian.serve.roles import APP, OWNER

AT = "db/xinyijian"  # the server and database of docker-compose.yml


def make(folder):
    """The names of the files that were made now. Containers read them as other users, so the folder is what protects them."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    for name, text in contents(folder).items():
        path = folder / name
        if not path.exists():
            path.write_text(text)
            path.chmod(0o444)
            made.append(name)
    return made


def contents(folder):
    """{file: text}; addresses of the database are made of the passwords that stand there."""
    fresh = {name.lower(): text for name, text in new_secrets().items() if name != "REDIS_PASSWORD"}
    fresh["postgres_password"] = new_secrets()["OWNER_PASSWORD"]
    kept = {name: (folder / name).read_text() if (folder / name).exists() else text for name, text in fresh.items()}
    urls = {"owner_url": (OWNER, "owner_password"), "app_url": (APP, "app_password")}
    return kept | {name: f"postgresql://{role}:{kept[password]}@{AT}" for name, (role, password) in urls.items()}


if __name__ == "__main__":
    print("made:", ", ".join(make(Path(sys.argv[1]))) or "nothing, all are there")

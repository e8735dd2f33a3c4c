"""Routes for sending documents: taken in at once, read in the background, asked after by job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from assistant.domain import Language
from assistant.errors import AssistantError, ReadError
from assistant.presentation import pick
from assistant.web.api_errors import error_body, not_found, request_language
from assistant.web.intake import take_in
from assistant.web.reading import Job, Readings
from assistant.web.words import JOB_STATES, OUTCOMES

_PIECE = 256 * 1024


def add_uploads(app: FastAPI, readings: Readings | None, default: Language) -> None:
    """Routes beneath ``/api/documents``; without ``readings`` they say that nothing is taken."""
    from assistant.ingest.readers import FORMATS

    api = APIRouter(prefix="/api/documents")

    @api.post("", response_model=None)
    def upload(files: list[UploadFile], request: Request) -> Response:
        """Take in files and read them in the background; says of each whether it was taken."""
        language = request_language(request, default)
        if readings is None:
            return JSONResponse(error_body(_closed(), language), 403)
        taken, refused = [], []
        for file in files:
            try:
                taken.append(take_in(file.filename or "", _pieces(file), readings.folder, FORMATS).name)
            except ReadError as error:
                refused.append({"name": file.filename, **error_body(error, language)["error"]})
        job = _job_json(readings.start(taken), language) if taken else None
        return JSONResponse({"taken": taken, "refused": refused, "job": job}, 202 if taken else 422)

    @api.get("/jobs/{job_id}", response_model=None)
    def job(job_id: str, request: Request) -> Response:
        """How far a reading has come, and what became of each file."""
        language = request_language(request, default)
        found = readings.find(job_id) if readings else None
        return JSONResponse(_job_json(found, language)) if found else not_found(job_id, language)

    @api.delete("/{name}", response_model=None)
    def remove(name: str, request: Request) -> Response:
        """Take a sent file out again; files of the corpus cannot be removed here."""
        language = request_language(request, default)
        if readings is None:
            return JSONResponse(error_body(_closed(), language), 403)
        file = readings.folder / name
        if Path(name).name != name or name.startswith(".") or not file.is_file():
            return not_found(name, language)
        file.unlink()
        return JSONResponse({"job": _job_json(readings.start([name]), language)}, 202)

    app.include_router(api)


def _pieces(file: UploadFile) -> Iterator[bytes]:
    while piece := file.file.read(_PIECE):
        yield piece


def _job_json(job: Job, language: Language) -> dict[str, Any]:
    state = job.stage if job.state == "reading" and job.stage else job.state
    files = [_file_json(file, language) for file in (job.report or {}).get("files", ())]
    if job.report is not None:  # a report lists what changed; the rest was there already
        listed = {file["name"] for file in files}
        same = [{"path": name, "outcome": "unchanged"} for name in job.names if name not in listed]
        files += [_file_json(file, language) for file in same]
    return {
        "id": job.id,
        "state": job.state,
        "label": pick(JOB_STATES[state], language),
        "done": job.done,
        "total": job.total,
        "problem": job.problem.localized(language) if job.problem else None,
        "files": files,
    }


def _file_json(file: dict[str, Any], language: Language) -> dict[str, Any]:
    return {
        "name": Path(file["path"]).name,
        "outcome": file["outcome"],
        "label": pick(OUTCOMES[file["outcome"]], language),
        "reason": pick((file.get("reason_zh", ""), file.get("reason_en", "")), language),
        "instrument_id": file.get("instrument_id"),
        "chunks": file.get("chunks", 0),
    }


def _closed() -> AssistantError:
    return AssistantError(
        zh="这台服务器不接收上传。",
        en="This server takes no uploads.",
        hint_zh="请把文件交给管理员，用 policy-assistant ingest 收录。",
        hint_en="Give the file to the operator, who can add it with: policy-assistant ingest.",
    )

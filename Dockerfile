# syntax=docker/dockerfile:1
# Build:  docker build -t policy-assistant .
# Start:  docker run -p 7860:7860 -v policy-state:/state policy-assistant
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY assistant ./assistant
COPY prompts ./prompts
COPY corpus ./corpus
# A virtual environment is the one thing the second stage takes over: no compilers, no caches.
RUN python -m venv /opt/assistant \
 && /opt/assistant/bin/pip install --no-cache-dir --disable-pip-version-check . -c constraints.txt

FROM python:3.12-slim
ENV PATH=/opt/assistant/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ORT_DISABLE_TELEMETRY=1 \
    GRADIO_ANALYTICS_ENABLED=False \
    POLICY_ASSISTANT_STATE=/state \
    POLICY_ASSISTANT_HOST=0.0.0.0
RUN useradd --create-home --uid 10001 assistant \
 && install -d -o assistant -g assistant /state
COPY --from=build /opt/assistant /opt/assistant
USER 10001
WORKDIR /home/assistant
VOLUME /state
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/api/health', timeout=4)"]
# Unchanged documents are skipped, so a restart ingests in seconds.
CMD ["sh", "-c", "policy-assistant ingest && exec policy-assistant serve"]

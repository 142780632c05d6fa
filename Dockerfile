# The course in one image: JupyterLab, the Go kernel and all that cells import,
# with everything compiled that can be. docs/operating.md says how to build and
# run it. All of it lies under /opt, where no mounted home hides it.

FROM golang:1.26.8-trixie AS go

FROM debian:trixie-20260918-slim AS base
# gcc: Go links through it what the race detector watches.
# tini: ends what a cell left behind.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev python3 tini \
 && rm -rf /var/lib/apt/lists/*
COPY --from=go /usr/local/go /usr/local/go
ENV PATH=/opt/interleave/bin:/opt/jupyter/bin:/usr/local/go/bin:$PATH \
    LANG=C.UTF-8 \
    GOTOOLCHAIN=local \
    GOMODCACHE=/opt/go/mod \
    GOCACHE=/opt/go/build \
    INTERLEAVE_VENV=/opt/jupyter

# Jupyter and what draws the charts in it.
FROM base AS jupyter
# Mirrors, and a file with a proxy's own certificates, are named at the build.
ARG PIP_INDEX_URL
ARG NPM_CONFIG_REGISTRY
ARG SSL_CERT_FILE
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/interleave
COPY requirements.txt ./
COPY deploy/image/requirements.txt deploy/image/
RUN python3 -m venv /opt/jupyter \
 && pip install --no-cache-dir --require-hashes --only-binary :all: \
      -r requirements.txt -r deploy/image/requirements.txt
COPY labextension labextension
RUN NODE_EXTRA_CA_CERTS=$SSL_CERT_FILE labextension/build.sh /opt/jupyter

# The commands. What only they are built from stays out of the image.
FROM base AS commands
ARG GOPROXY
ARG SSL_CERT_FILE
ENV GOMODCACHE=/tmp/mod GOCACHE=/tmp/build GOBIN=/opt/interleave/bin
WORKDIR /opt/interleave
COPY tools/go.mod tools/go.sum tools/
RUN cd tools && go install -ldflags='-s -w' tool
COPY go.mod go.sum ./
RUN go install -ldflags='-s -w' github.com/janpfeifer/gonb
COPY cmd cmd
COPY internal internal
COPY kernel-helpers kernel-helpers
RUN go install -ldflags='-s -w' ./cmd/interleave

# The caches, plain and with the race detector: the standard library, the
# helpers and the exercises with the modules that they import, and what real cells
# and checks add.
FROM base AS caches
ARG GOPROXY
ARG SSL_CERT_FILE
RUN go build std && go build -race std
WORKDIR /opt/interleave
COPY go.mod go.sum ./
COPY internal internal
COPY kernel-helpers kernel-helpers
COPY exercises exercises
COPY solutions solutions
RUN go build -race ./kernel-helpers/... ./exercises/... ./solutions/...
COPY --from=jupyter /opt/jupyter /opt/jupyter
COPY --from=commands /opt/interleave/bin bin
RUN interleave kernel install --prefix /opt/jupyter && interleave warm
# Whoever runs the image may add to the cache and, its folders being sticky,
# take nothing away: Go drops what was not used for five days, which in an image
# that is a week old would be nearly all.
RUN mkdir -p $GOCACHE/interleave/archives && chmod 1777 $GOCACHE $GOCACHE/?? $GOCACHE/interleave $GOCACHE/interleave/archives && chmod 666 $GOCACHE/trim.txt

FROM base
RUN useradd --create-home --uid 1000 --gid users --shell /bin/bash jovyan \
 && chmod 775 /home/jovyan
COPY --from=jupyter /opt/jupyter /opt/jupyter
COPY --from=caches /opt/go /opt/go
COPY . /opt/interleave
# Whatever umask the clone was made with.
RUN chmod -R a+rX /opt/interleave
COPY --from=commands /opt/interleave/bin /opt/interleave/bin
RUN cp -r /opt/interleave/deploy/image/etc/. /opt/jupyter/etc/jupyter/ \
 && interleave kernel install --prefix /opt/jupyter

LABEL org.opencontainers.image.title="Interleave" \
      org.opencontainers.image.source="https://github.com/interleave-lab/interleave" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV HOME=/home/jovyan SHELL=/bin/bash
USER 1000:100
WORKDIR /home/jovyan
EXPOSE 8888
HEALTHCHECK --start-period=30s CMD ["python", "/opt/interleave/deploy/image/healthcheck.py"]
ENTRYPOINT ["tini", "-g", "--", "/opt/interleave/deploy/image/start.sh"]
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]

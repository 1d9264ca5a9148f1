package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const mostNumber = 5_000_000_000

// answer returns the status and the text for a path.
func answer(path string) (int, string) {
	if strings.HasPrefix(path, "/api/") {
		number, err := strconv.ParseUint(strings.TrimPrefix(path, "/api/"), 10, 64)
		if err != nil || number > mostNumber {
			return http.StatusBadRequest, fmt.Sprintf("expected a whole number up to %d\n", mostNumber)
		}
		return http.StatusOK, sum(0, number+1).String() + "\n"
	}
	switch path {
	case "/":
		return http.StatusOK, "go\n"
	case "/healthcheck":
		return http.StatusOK, "ok\n"
	}
	return http.StatusNotFound, "no such path (expected /, /healthcheck or /api/:n)\n"
}

// serve is the service of the Swift models as a Go programmer would write it: net/http, a goroutine per connection.
func serve(arguments []string) error {
	options := flag.NewFlagSet("go serve", flag.ContinueOnError)
	options.SetOutput(io.Discard)
	options.Bool("json", true, "the only output format")
	workers := options.Int("workers", 0, "")
	port := options.Uint("port", 0, "")
	address := options.String("address", "127.0.0.1", "")
	if err := options.Parse(arguments); err != nil {
		return err
	}
	if *workers < 1 || *workers > maximumWorkers || *port > 65535 || options.NArg() > 0 {
		return errors.New("expected serve --workers 1…4096 --port 0…65535")
	}
	runtime.GOMAXPROCS(*workers)
	listener, err := net.Listen("tcp", net.JoinHostPort(*address, strconv.Itoa(int(*port))))
	if err != nil {
		return err
	}
	worker := fmt.Sprintf("0/%d", os.Getpid())
	server := http.Server{Handler: http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		status, text := answer(request.URL.Path)
		header := response.Header()
		header.Set("Content-Type", "text/plain; charset=utf-8")
		header.Set("Content-Length", strconv.Itoa(len(text)))
		header.Set("X-Worker", worker)
		response.WriteHeader(status)
		io.WriteString(response, text)
	})}
	fmt.Printf(`{"schema":"scaleup.service/1","version":"1","model":"go","workers":%d,"address":"%s","port":%d,"process":%d}`+"\n",
		*workers, *address, listener.Addr().(*net.TCPAddr).Port, os.Getpid())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	drained := make(chan error)
	go func() {
		<-signals
		limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		drained <- server.Shutdown(limit)
	}()
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return <-drained
}

// want: leak
package sample

import "time"

func first() int {
	ch := make(chan int)
	for i := range 3 {
		go func() { time.Sleep(time.Duration(i) * time.Millisecond); ch <- i }()
	}
	return <-ch
}

func Main() { first() }

// want: panic
package sample

func Main() {
	work := make(chan int, 3)
	quit := make(chan bool, 1)
	done := make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-work:
				n++
			case <-quit:
				done <- n
				return
			}
		}
	}()
	work <- 1
	work <- 2
	quit <- true
	if n := <-done; n != 2 {
		panic("lost work")
	}
}
